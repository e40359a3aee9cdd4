namespace OrderConsole.Api;

/// <summary>How large a request's body may be, in bytes.</summary>
internal static class BodyLimits
{
    public const long Single = 64 * 1024;
    public const long Batch = 8 * 1024 * 1024;
}
