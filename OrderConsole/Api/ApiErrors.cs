using System.Text.Json;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary>Everything that goes wrong under /api, /health and /openapi leaves here as a problem.</summary>
internal sealed partial class ApiErrors(RequestDelegate next, ILogger<ApiErrors> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
                await AnswerStatusAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody reads an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, e);
        }
    }

    private Task AnswerAsync(HttpContext context, Exception e)
    {
        switch (e)
        {
            case InvalidInputException invalid:
                return Problem.WriteAsync(context, ProblemCodes.Invalid, invalid.Message, invalid.Field, invalid.Allowed);
            case OrderRefusedException refused:
                return Problem.WriteAsync(context, refused.Code, refused.Message);
            case OperationRefusedException refused:
                return Problem.WriteAsync(context, refused.Code, refused.Message);
            case BadHttpRequestException { InnerException: JsonException json }:
                return AnswerJsonAsync(context, JsonFault.Of(json));
            case BadHttpRequestException bad:
                return AnswerBadRequestAsync(context, bad);
            case StoreUnavailableException away:
                StoreAway(context.Request.Method, context.Request.Path, away.Store, away.Message);
                context.Response.Headers.RetryAfter = "1";
                return Problem.WriteAsync(context, ProblemCodes.StoreUnavailable, $"{away.Store} does not answer at the moment. {WhatToDo(away)}");
            default:
                Failed(e, context.Request.Method, context.Request.Path);
                return Problem.WriteAsync(context, ProblemCodes.Internal, "Something went wrong on our side. The log has the reason under this traceId.");
        }
    }

    private static string WhatToDo(StoreUnavailableException away) => away is StoreOutcomeUnknownException
        ? "It may or may not have done what was asked: repeat the call with the same order number, payment id or Idempotency-Key."
        : "Nothing was changed; try again.";

    private static Task AnswerJsonAsync(HttpContext context, JsonFault fault) => fault.Field is null
        ? Problem.WriteAsync(context, ProblemCodes.MalformedJson, fault.Detail)
        : Problem.WriteAsync(context, ProblemCodes.Invalid, fault.Detail, fault.Field, fault.Allowed);

    private static Task AnswerBadRequestAsync(HttpContext context, BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => OversizedBody.AnswerAsync(context, OversizedBody.LimitOf(context)),
        StatusCodes.Status415UnsupportedMediaType => AnswerMediaTypeAsync(context),
        _ => Problem.WriteAsync(context, ProblemCodes.MalformedJson, "The request has no body, or it was cut short; a JSON body is wanted here."),
    };

    private static Task AnswerStatusAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => OversizedBody.AnswerAsync(context, OversizedBody.LimitOf(context)),
        StatusCodes.Status415UnsupportedMediaType => AnswerMediaTypeAsync(context),
        StatusCodes.Status405MethodNotAllowed => Problem.WriteAsync(context, ProblemCodes.MethodNotAllowed,
            $"{context.Request.Method} is not possible here.", null, context.Response.Headers.Allow.ToString()),
        StatusCodes.Status404NotFound => Problem.WriteAsync(context, ProblemCodes.NotFound, $"There is no {context.Request.Path}; /openapi/v1.json lists what there is."),
        var status => Problem.WriteAsync(context, ProblemCodes.ForStatus(status), "The request can not be answered."),
    };

    private static Task AnswerMediaTypeAsync(HttpContext context) =>
        Problem.WriteAsync(context, ProblemCodes.UnsupportedMediaType, "The body must be JSON.", "Content-Type", "application/json");

    [LoggerMessage(1101, LogLevel.Error, "{Method} {Path} failed")]
    private partial void Failed(Exception e, string method, string path);

    [LoggerMessage(1102, LogLevel.Warning, "{Method} {Path} was refused because {Store} is away: {Reason}")]
    private partial void StoreAway(string method, string path, string store, string reason);
}
