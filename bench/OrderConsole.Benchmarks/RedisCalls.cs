using System.Diagnostics;
using System.Globalization;
using OrderConsole.Tests.Support;

namespace OrderConsole.Benchmarks;

/// <summary>
/// For how long single calls hold Redis up. SLOWLOG counts wall time, so a call in which the machine took the processor away looks slow without
/// being it; therefore Redis runs before all other programs, the machine's own stalls are told beside it, and <see cref="PageWorkAsync"/> counts
/// processor time.
/// </summary>
internal sealed class RedisCalls(RedisServer redis)
{
    private const int PageSize = 1_000;

    /// <summary>From now on no other program of this machine takes Redis' processor while it wants it.</summary>
    public async Task RunBeforeOthersAsync()
    {
        var info = (await redis.Raw.SendAsync("INFO", "server"))!;
        var id = info.Split('\n').Single(line => line.StartsWith("process_id:", StringComparison.Ordinal)).Split(':')[1].Trim();
        await RunAsync("chrt", "--fifo", "--pid", "50", id);
    }

    /// <summary>How long the calls since the last time took: their number, half, 99 % and all of them.</summary>
    public async Task<string> SinceLastAsync()
    {
        await redis.Raw.SendAsync("CONFIG", "SET", "slowlog-log-slower-than", "0", "slowlog-max-len", "16384");
        return await redis.Raw.SendAsync("EVAL", """
            local took = {}
            for _, call in ipairs(redis.call('SLOWLOG', 'GET', '16384')) do took[#took + 1] = call[3] end
            table.sort(took)
            redis.call('SLOWLOG', 'RESET')
            if #took == 0 then return '' end
            return string.format('%d: %.1f, %.1f, %.1f', #took, took[math.ceil(#took / 2)] / 1000, took[math.ceil(#took * 0.99)] / 1000, took[#took] / 1000)
            """, "0") ?? "";
    }

    /// <summary>Reads the whole sorted set as the product does, a thousand entries at a time: the processor time that the dearest page took of Redis, in ms.</summary>
    public async Task<double> PageWorkAsync(string key, int entries)
    {
        var dearest = 0.0;
        for (var from = 0; from < entries; from += PageSize)
        {
            var micros = await redis.Raw.SendAsync("EVAL", """
                local function spent()
                  local info = redis.call('INFO', 'cpu')
                  return tonumber(info:match('used_cpu_sys_main_thread:([%d.]+)')) + tonumber(info:match('used_cpu_user_main_thread:([%d.]+)'))
                end
                local before = spent()
                redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[2], 'WITHSCORES')
                return math.floor((spent() - before) * 1e6)
                """, "1", key, $"{from}", $"{from + PageSize - 1}");
            dearest = Math.Max(dearest, int.Parse(micros!, CultureInfo.InvariantCulture) / 1000.0);
        }
        return dearest;
    }

    /// <summary>The longest time that this machine takes the processor away from a program that does nothing but look at the clock, in ms.</summary>
    public static async Task<double> LongestStallAsync(int seconds)
    {
        var said = await RunAsync("redis-cli", "--intrinsic-latency", $"{seconds}");
        return said.Split('\n').Where(line => line.StartsWith("Max latency so far:", StringComparison.Ordinal))
            .Max(line => double.Parse(line.Split(' ')[4], CultureInfo.InvariantCulture)) / 1000;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
