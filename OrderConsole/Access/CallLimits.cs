using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using OrderConsole.Api;

namespace OrderConsole.Access;

/// <summary>How often something may be asked for: sign-ins by address, everything else by key or user. Over it: 429 with <c>Retry-After</c>.</summary>
internal static class CallLimits
{
    public const string SignIns = "sign-ins";
    private const int BurstSeconds = 2, SegmentsPerMinute = 6;

    public static void AddCallLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<AccessOptions>>((limiter, access) =>
        {
            limiter.OnRejected = RefuseAsync;
            limiter.AddPolicy(SignIns, context => RateLimitPartition.GetSlidingWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new()
            {
                PermitLimit = access.Value.SignInsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = SegmentsPerMinute,
            }));
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Caller(context) is not { } caller
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter(caller, _ => new()
                {
                    TokenLimit = access.Value.CallsPerSecond * BurstSeconds, TokensPerPeriod = access.Value.CallsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                }));
        });
    }

    private static string? Caller(HttpContext context) => context.User.KeyId() is { } key ? string.Create(CultureInfo.InvariantCulture, $"key {key}")
        : context.User.UserId() is { } user ? string.Create(CultureInfo.InvariantCulture, $"user {user}") : null;

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancel)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        rejected.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await Problem.WriteAsync(rejected.HttpContext, ProblemCodes.TooManyCalls, $"Too many calls at a time; wait {wait} s.");
    }
}
