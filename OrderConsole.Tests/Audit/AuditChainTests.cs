using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Audit;

public sealed class AuditChainOnSqlite() : AuditChainTests(StoreSet.Sqlite)
{
    [Fact]
    public async Task A_hundred_thousand_rows_are_verified_in_seconds()
    {
        await PutTogetherAsync();
        for (var i = 0; i < 20; i++)
            await Engine.Database.WriteAsync(async db =>
            {
                await Log.AppendAsync(db, Ann, [.. Enumerable.Range(0, 5_000).Select(n => new AuditEntry("cancel_orders", AuditOutcome.Done, $"A-{n}") { Before = "pending", After = "cancelled", Reason = "because" })], Stop);
                return 0;
            }, Stop);
        var told = 0;

        var verdict = await Engine.Get<AuditVerifier>().VerifyAsync(Stop, (_, _) => told++);

        (verdict.IsWhole, verdict.Rows, told).ShouldBe((true, 100_000, 20));
        verdict.Took.ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }
}

public sealed class AuditChainOnPostgres() : AuditChainTests(StoreSet.Postgres);

/// <summary>The audit can be believed: what is done to it is refused, and what is done in spite of that is found.</summary>
public abstract class AuditChainTests(StoreSet set) : EngineTests(set)
{
    protected static readonly AuditActor Ann = new("Ann", "console", "admin", "127.0.0.1", "session 1234");

    protected AuditLog Log => Engine.Get<AuditLog>();

    private Task<AuditVerdict> VerifyAsync(AuditAnchor? outside = null) => Engine.Get<AuditVerifier>().VerifyAsync(Stop, outside: outside);

    private async Task WriteAsync(int rows)
    {
        for (var i = 1; i <= rows; i++)
            await Log.WriteAsync(Ann, new("cancel_orders", AuditOutcome.Done, $"A-{i}") { Before = "pending", After = "取消了 \ud83d\ude00", Reason = "line\r\nforged \u001b[31m", OperationId = i }, Stop);
    }

    private Task<int> SqlAsync(string text) => Engine.Database.WriteAsync(async db =>
    {
        await using var command = db.Command(text);
        return await command.ExecuteNonQueryAsync(Stop);
    }, Stop);

    /// <summary>What the owner of the database can do.</summary>
    private async Task UnguardAsync()
    {
        string[] commands = Engine.Database.IsSqlite
            ? ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete", "DROP TRIGGER audit_anchors_no_delete"]
            : ["ALTER TABLE audit DISABLE TRIGGER ALL", "ALTER TABLE audit_anchors DISABLE TRIGGER ALL"];
        foreach (var command in commands) await SqlAsync(command);
    }

    [Fact]
    public async Task The_database_refuses_whatever_is_no_append()
    {
        await PutTogetherAsync();
        await WriteAsync(3);
        (await Engine.Get<AuditAnchors>().SetAsync(now: true, Stop))!.Seq.ShouldBe(3);

        string[] attempts =
        [
            "UPDATE audit SET who = 'x' WHERE seq = 2", "DELETE FROM audit WHERE seq = 3", "UPDATE audit_anchors SET hash = 'x'", "DELETE FROM audit_anchors", "DELETE FROM audit_head",
            Engine.Database.IsSqlite ? "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1" : "TRUNCATE audit",
        ];
        foreach (var attempt in attempts)
            (await Should.ThrowAsync<Exception>(() => SqlAsync(attempt), attempt)).GetBaseException().Message.ShouldContain("append-only", Case.Insensitive, attempt);

        (await VerifyAsync()).ShouldSatisfyAllConditions(v => v.IsWhole.ShouldBeTrue(), v => v.Rows.ShouldBe(3), v => v.Anchors.ShouldBe(1));
    }

    private static readonly (string Sql, AuditFault Fault, long Row)[] Tampering =
    [
        ("UPDATE audit SET reason = 'another' WHERE seq = 3", AuditFault.Changed, 3),
        ("UPDATE audit SET outcome = 3 WHERE seq = 1", AuditFault.Changed, 1),
        ("UPDATE audit SET before = NULL WHERE seq = 6", AuditFault.Changed, 6),
        ("UPDATE audit SET before = '', after = 'pending' WHERE seq = 6", AuditFault.Changed, 6),
        ("UPDATE audit SET at = at + 1 WHERE seq = 4", AuditFault.Changed, 4),
        ("DELETE FROM audit WHERE seq = 4", AuditFault.Missing, 4),
        ("DELETE FROM audit WHERE seq = 1", AuditFault.Missing, 1),
        ("DELETE FROM audit WHERE seq >= 5", AuditFault.CutOff, 5),
        ("DELETE FROM audit", AuditFault.CutOff, 1),
        ("UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3); UPDATE audit SET seq = -seq WHERE seq < 0", AuditFault.Changed, 2),
        ("INSERT INTO audit (seq, at, who, source, action, outcome, key_id, hash) SELECT 7, at, who, source, action, outcome, key_id, hash FROM audit WHERE seq = 6", AuditFault.Added, 7),
        ("DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq = 4; UPDATE audit SET seq = seq - 1 WHERE seq = 5", AuditFault.Changed, 3),
        ("UPDATE audit SET key_id = 'another' WHERE seq = 2", AuditFault.UnknownKey, 2),
    ];

    [Fact]
    public async Task What_was_done_to_it_is_found_and_the_first_broken_row_named()
    {
        await PutTogetherAsync();
        await WriteAsync(6);
        await UnguardAsync();
        await SqlAsync("CREATE TABLE audit_copy AS SELECT * FROM audit");
        foreach (var (sql, fault, row) in Tampering)
        {
            (await VerifyAsync()).IsWhole.ShouldBeTrue();

            await SqlAsync(sql);

            var verdict = await VerifyAsync();
            (verdict.Fault, verdict.Broken).ShouldBe((fault, row), sql);
            await SqlAsync("DELETE FROM audit; INSERT INTO audit SELECT * FROM audit_copy");
        }
    }

    [Fact]
    public async Task A_cut_that_takes_the_head_back_too_is_found_by_an_anchor()
    {
        await PutTogetherAsync();
        await WriteAsync(4);
        var four = await Engine.Database.ReadAsync(db => db.AuditHeads.SingleAsync(Stop));
        await WriteAsync(2);
        var anchor = (await Engine.Get<AuditAnchors>().SetAsync(now: true, Stop))!;
        await UnguardAsync();
        await SqlAsync($"DELETE FROM audit WHERE seq > 4; UPDATE audit_head SET seq = 4, hash = '{four.Hash}'");

        (await VerifyAsync()).ShouldSatisfyAllConditions(v => v.Fault.ShouldBe(AuditFault.CutOff), v => v.Broken.ShouldBe(5));
        await SqlAsync("DELETE FROM audit_anchors");
        (await VerifyAsync()).IsWhole.ShouldBeTrue("the database alone can not tell any more");
        (await VerifyAsync(anchor)).ShouldSatisfyAllConditions(v => v.Fault.ShouldBe(AuditFault.CutOff), v => v.Broken.ShouldBe(5));
        await WriteAsync(2);
        (await VerifyAsync(anchor)).ShouldSatisfyAllConditions(v => v.Fault.ShouldBe(AuditFault.Rewritten), v => v.Broken.ShouldBe(6));
    }

    [Fact]
    public async Task Four_writers_at_once_leave_an_unbroken_chain_and_what_is_rolled_back_leaves_nothing()
    {
        await PutTogetherAsync();
        await using var other = await Engine.CreateAsync(Stores.Settings());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var (log, database) = (writer % 2 == 0 ? Log : other.Get<AuditLog>(), writer % 2 == 0 ? Engine.Database : other.Database);
            for (var i = 0; i < 25; i++)
                await Record.ExceptionAsync(() => database.WriteAsync(async db =>
                {
                    await log.AppendAsync(db, Ann, [new("a", AuditOutcome.Done, $"{writer}"), new("b", AuditOutcome.Done, $"{writer}")], Stop);
                    return i % 5 == 4 ? throw new InvalidOperationException("rolled back") : 0;
                }, Stop));
        }, Stop)));

        (await VerifyAsync()).ShouldSatisfyAllConditions(v => v.IsWhole.ShouldBeTrue($"{v.Fault} {v.Broken}"), v => v.Rows.ShouldBe(4 * 20 * 2));
    }

    [Fact]
    public async Task Another_key_goes_on_only_where_the_old_one_is_known()
    {
        await PutTogetherAsync();
        await WriteAsync(1);
        const string next = "another key for tests alone, as useless";
        await using var stranger = await Engine.CreateAsync(Stores.Settings(("Audit:Key", next)));
        await using var rotated = await Engine.CreateAsync(Stores.Settings(("Audit:Key", next), ("Audit:OldKeys:0", ShopOperations.AuditKey)));

        await Should.ThrowAsync<AuditKeyException>(() => stranger.Get<AuditLog>().WriteAsync(Ann, new("a", AuditOutcome.Done), Stop));
        await rotated.Get<AuditLog>().WriteAsync(Ann, new("a", AuditOutcome.Done), Stop);

        (await rotated.Get<AuditVerifier>().VerifyAsync(Stop)).ShouldSatisfyAllConditions(v => v.IsWhole.ShouldBeTrue(), v => v.Rows.ShouldBe(2));
        (await VerifyAsync()).Fault.ShouldBe(AuditFault.UnknownKey);
    }
}
