using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary>What the OpenAPI document says beyond the types: error codes, headers, query parameters and limits.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi("v1", options => options
        .AddSchemaTransformer((schema, context, _) =>
        {
            // Our converter writes times; the generator can not see that they are texts.
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type);
            if ((type ?? context.JsonTypeInfo.Type) == typeof(DateTimeOffset))
                (schema.Type, schema.Format) = (type is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null, "date-time");
            // Nullable in our types only so that a missing field can be named in our words.
            if (context.JsonPropertyInfo?.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true)
                schema.Type &= ~JsonSchemaType.Null;
            return Task.CompletedTask;
        })
        .AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "OrderConsole", Version = "1",
                Description = "Cancels unpaid orders exactly once. Times are ISO 8601 in UTC, durations \"00:15:00\", money is a number with its currency beside it. "
                    + "Errors are application/problem+json with a stable code, and with field and allowed where one field is wrong. "
                    + "A body may have 64 KiB, a batch 8 MiB. Live figures: SignalR hub /hubs/metrics, method Snapshot, the object of GET /api/metrics once a second.",
            };
            // The address is whatever the reader used; the one of the first reader must not stand in everybody's document.
            document.Servers?.Clear();
            return Task.CompletedTask;
        }));

    /// <summary>Documents the problems of a call; those of one status share one response.</summary>
    public static TBuilder WithProblems<TBuilder>(this TBuilder endpoint, params string[] codes) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancel) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancel);
            foreach (var sameStatus in codes.GroupBy(code => ProblemCodes.Status[code]))
            {
                operation.Responses ??= [];
                var key = sameStatus.Key.ToString(System.Globalization.CultureInfo.InvariantCulture);
                if (!operation.Responses.TryGetValue(key, out var response))
                    operation.Responses[key] = response = new OpenApiResponse
                    {
                        Description = "",
                        Content = new Dictionary<string, OpenApiMediaType> { [Problem.ContentType] = new() { Schema = schema } },
                    };
                var words = string.Join(", ", sameStatus.Select(c => $"`{c}`"));
                response.Description = string.IsNullOrEmpty(response.Description) ? words : $"{response.Description}, {words}";
            }
        });

    public static TBuilder WithCommonProblems<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithProblems(ProblemCodes.HostNotAllowed, ProblemCodes.NotSignedIn, ProblemCodes.NotPermitted, ProblemCodes.NoAntiforgery,
            ProblemCodes.HttpsRequired, ProblemCodes.CrossOrigin, ProblemCodes.TooManyCalls, ProblemCodes.Internal, ProblemCodes.StoreUnavailable);

    public static TBuilder WithBodyProblems<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithProblems(ProblemCodes.MalformedJson, ProblemCodes.TooLarge, ProblemCodes.UnsupportedMediaType, ProblemCodes.Invalid);

    public static TBuilder WithIdempotencyKey<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = IdempotencyHeader.Name, In = ParameterLocation.Header,
                Description = $"Under the same key the same request gets the same answer again, with the header {IdempotencyHeader.ReplayedName}: true.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyHeader.MaxLength, Pattern = "^[!-~]+$" },
            });
            return Task.CompletedTask;
        });

    public static TBuilder WithBatchLimits<TBuilder>(this TBuilder endpoint, int max) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.RequestBody?.Content?["application/json"].Schema is OpenApiSchema list) (list.MinItems, list.MaxItems) = (1, max);
            return Task.CompletedTask;
        });

    /// <summary>Documents query parameters, which the calls read by themselves.</summary>
    public static TBuilder WithQuery<TBuilder>(this TBuilder endpoint, params OpenApiParameter[] parameters) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ReadsQuery()).AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters = [.. operation.Parameters ?? [], .. parameters];
            return Task.CompletedTask;
        });

    /// <summary>Refuses every query parameter of a call that has none; the others refuse what they do not know themselves.</summary>
    public static void RefuseUnreadQueries<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder => endpoints.AddEndpointFilter((call, next) =>
    {
        if (call.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ReadsQuery>() is null) _ = new QueryReader(call.HttpContext.Request.Query);
        return next(call);
    });

    private sealed class ReadsQuery;

    public static TBuilder WithOrderFilter<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithQuery(
    [
        .. OrderFilterParameters.Documented,
        Words<OrderSort>("sort", "In which order; Newest without it."),
        .. Paging("Orders"),
    ]);

    /// <param name="what">What stands on a page.</param>
    public static OpenApiParameter[] Paging(string what) =>
    [
        Query("page", "From 1.", Whole(QueryReader.MaxPage, 1)),
        Query("pageSize", $"{what} on a page.", Whole(QueryReader.MaxPageSize, QueryReader.DefaultPageSize)),
    ];

    public static OpenApiParameter Words<T>(string name, string description) where T : struct, Enum =>
        Query(name, description, new() { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames<T>().Select(n => JsonValue.Create(n))] });

    public static OpenApiParameter Query(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    private static OpenApiSchema Whole(int max, int @default) =>
        new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = max.ToString(System.Globalization.CultureInfo.InvariantCulture), Default = JsonValue.Create(@default) };
}
