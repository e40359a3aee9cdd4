using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using Microsoft.EntityFrameworkCore;

namespace OrderConsole.Core.Timeouts;

/// <summary>Reads what <see cref="EligibilityPolicy"/> weighs: one query for a whole batch.</summary>
public sealed class OverdueOrderReader(OrderDatabase database)
{
    public Task<Dictionary<string, OrderFacts>> FactsAsync(IReadOnlyList<string> orderNos, CancellationToken cancel) => database.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = db.Command(SqlFile.Text("order_facts.sql", database.Provider),
            ("rows", SqlFile.Json(orderNos)));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var facts = new Dictionary<string, OrderFacts>(orderNos.Count, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
            facts[reader.GetString(0)] = new OrderFacts(reader.GetInt64(1), (OrderStatus)reader.GetInt32(2), reader.GetInt64(3), reader.Moment(4));
        return facts;
    });
}
