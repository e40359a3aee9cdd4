using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;

namespace OrderConsole.Tests.Audit;

/// <summary>People who are signed in, as rows of the database.</summary>
internal static class People
{
    public static async Task<Operator> SignInAsync(OrderDatabase database, string name, string role)
    {
        var now = TimeProvider.System.GetUtcNow();
        var user = new ConsoleUser { UserName = name, NormalizedUserName = name.ToUpperInvariant(), Role = role, CreatedAt = now, ConcurrencyStamp = Guid.NewGuid().ToString() };
        var session = Guid.NewGuid().ToString("N");
        await database.WriteAsync(async db =>
        {
            db.Add(user);
            await db.SaveChangesAsync();
            db.Add(new ConsoleSession { Id = session, UserId = user.Id, StartedAt = now, LastSeenAt = now, ExpiresAt = now.AddHours(8) });
            return await db.SaveChangesAsync();
        }, CancellationToken.None);
        return new Operator(name, Operator.Console, "127.0.0.1") { UserId = user.Id, Session = session };
    }
}
