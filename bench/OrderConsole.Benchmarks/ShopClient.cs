using System.Net;
using System.Net.Http.Json;
using OrderConsole.Tests.Support;

namespace OrderConsole.Benchmarks;

/// <summary>A shop that talks to the consoles over HTTP and, when one dies under it, repeats the call at the other.</summary>
internal sealed class ShopClient(ConsoleProcess[] consoles)
{
    private const int Connections = 20;
    private readonly List<Task> _payments = [];
    private int _paid, _late, _repeated;

    public int Paid => _paid;
    public int Late => _late;
    public int Repeated => _repeated;

    public async Task RunAsync(int orders)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, orders), new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (i, _) => await OrderAsync(i));
        await Task.WhenAll(_payments);
    }

    private async Task OrderAsync(int i)
    {
        var no = $"H{i:D6}";
        var order = new
        {
            orderNo = no, currency = "CNY", paymentWindow = MainJob.Window().ToString("c"),
            lines = new[] { new { sku = MainJob.Sku(i), quantity = 1, unitPrice = 10 }, new { sku = MainJob.Sku(i * 7 + 3), quantity = 2, unitPrice = 10 } },
        };
        using var answer = await CallAsync("api/orders", order, $"order-{no}", HttpStatusCode.Created);
        var placed = (await answer.Content.ReadFromJsonAsync<Placed>())!;
        if (Random.Shared.Next(2) == 0) return;
        lock (_payments) _payments.Add(PayAsync(no, placed));
    }

    /// <summary>One in five around the deadline, the others at any time before it.</summary>
    private async Task PayAsync(string no, Placed placed)
    {
        var left = placed.ExpiresAt - TimeProvider.System.GetUtcNow();
        var wait = Random.Shared.Next(5) == 0 ? left + TimeSpan.FromMilliseconds(Random.Shared.Next(-50, 51)) : left * Random.Shared.NextDouble();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System);
        using var answer = await CallAsync($"api/orders/{no}/payment", new { paymentId = $"pay-{no}", amount = placed.Total }, null, HttpStatusCode.OK, HttpStatusCode.Accepted);
        if (answer.StatusCode == HttpStatusCode.OK) Interlocked.Increment(ref _paid);
        else Interlocked.Increment(ref _late);
    }

    private async Task<HttpResponseMessage> CallAsync(string path, object body, string? idempotencyKey, params HttpStatusCode[] expected)
    {
        for (var turn = Random.Shared.Next(2); ; turn++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
                if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
                var answer = await consoles[turn % 2].Http.SendAsync(request);
                if (expected.Contains(answer.StatusCode)) return answer;
                if ((int)answer.StatusCode < 500) throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                // Killed under the call: whether it was done is not known, so it is made again under the same key.
            }
            Interlocked.Increment(ref _repeated);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    private sealed record Placed(string OrderNo, DateTimeOffset ExpiresAt, decimal Total);
}
