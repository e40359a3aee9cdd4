using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Support;
using static OrderConsole.Core.Data.DatabaseFault;

namespace OrderConsole.Tests.Data;

public sealed class DatabaseFaultsTests
{
    private static PostgresException Postgres(string state) => new("x", "ERROR", "ERROR", state);

    [Theory]
    [InlineData(5, RunAgain)] // busy
    [InlineData(6, RunAgain)] // locked
    [InlineData(8, Unavailable)] // read-only
    [InlineData(10, Unavailable)] // I/O error
    [InlineData(11, Unavailable)] // corrupt
    [InlineData(13, Unavailable)] // full
    [InlineData(14, Unavailable)] // can not be opened
    [InlineData(1, OfTheWork)] // a mistake in the SQL
    [InlineData(19, OfTheWork)] // a constraint
    public void Sqlite(int code, object expected)
    {
        var fault = new SqliteException("x", code);

        DatabaseFaults.Classify(fault).ShouldBe(expected);
        DatabaseFaults.Classify(new DbUpdateException("x", fault)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("40P01", RunAgain)] // deadlock
    [InlineData("40001", RunAgain)] // serialization failure
    [InlineData("57P01", ConnectionLost)] // shut down
    [InlineData("57P02", ConnectionLost)] // crash of another backend
    [InlineData("57P03", Unavailable)] // starting
    [InlineData("57014", Unavailable)] // statement cancelled
    [InlineData("53300", Unavailable)] // too many connections
    [InlineData("53100", Unavailable)] // disk full
    [InlineData("58030", Unavailable)] // I/O error
    [InlineData("3D000", Unavailable)] // no such database yet
    [InlineData("55P03", Unavailable)] // lock not available
    [InlineData("25006", Unavailable)] // read-only transaction
    [InlineData("08006", ConnectionLost)] // connection failure
    [InlineData("08003", ConnectionLost)]
    [InlineData("23505", OfTheWork)] // unique violation
    [InlineData("23514", OfTheWork)] // check violation
    [InlineData("22003", OfTheWork)] // number out of range
    [InlineData("42601", OfTheWork)] // a mistake in the SQL
    public void PostgreSql(string state, object expected)
    {
        DatabaseFaults.Classify(Postgres(state)).ShouldBe(expected);
        DatabaseFaults.Classify(new InvalidOperationException("x", Postgres(state))).ShouldBe(expected);
    }

    [Fact]
    public void A_broken_connection_leaves_the_outcome_open()
    {
        Exception[] broken = [new NpgsqlException("x"), new NpgsqlException("x", new SocketException(104)), new SocketException(111), new IOException("x"), new TimeoutException("x")];

        broken.ShouldAllBe(e => DatabaseFaults.Classify(e) == ConnectionLost);
    }

    [Fact]
    public void What_does_not_come_from_a_database_is_of_the_work()
    {
        Exception?[] others = [null, new InvalidOperationException("x"), new OperationCanceledException("x"), new OrderRefusedException("x", "x"), new ArgumentException("x")];

        others.ShouldAllBe(e => DatabaseFaults.Classify(e) == OfTheWork);
    }

    [Fact]
    public void Somebody_else_was_first_when_a_row_moved_or_a_key_was_taken()
    {
        DatabaseFaults.IsOvertaken(new DbUpdateConcurrencyException("x")).ShouldBeTrue();
        DatabaseFaults.IsOvertaken(new DbUpdateException("x", Postgres("23505"))).ShouldBeTrue();
        DatabaseFaults.IsOvertaken(new DbUpdateException("x", new SqliteException("x", 19, 2067))).ShouldBeTrue(); // unique
        DatabaseFaults.IsOvertaken(new SqliteException("x", 19, 1555)).ShouldBeTrue(); // primary key

        DatabaseFaults.IsOvertaken(new DbUpdateException("x", new SqliteException("x", 19, 275))).ShouldBeFalse(); // check
        DatabaseFaults.IsOvertaken(new SqliteException("x", 19, 1811)).ShouldBeFalse(); // trigger
        DatabaseFaults.IsOvertaken(Postgres("23514")).ShouldBeFalse();
        DatabaseFaults.IsOvertaken(new SqliteException("x", 5)).ShouldBeFalse();
    }

    [Fact]
    public void An_unavailable_store_is_told_with_its_name_and_the_root_of_the_trouble()
    {
        var told = DatabaseFaults.Unavailable("PostgreSQL", new DbUpdateException("outer", new IOException("no space left")));

        (told.Store, told.Message).ShouldBe(("PostgreSQL", "PostgreSQL can not answer: no space left"));
        DatabaseFaults.Unavailable("SQLite", told).ShouldBeSameAs(told);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task The_ledger_itself_refuses_to_return_an_orders_stock_twice(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var stop = TestContext.Current.CancellationToken;
        Task<int> ReturnAsync() => database.Orders.WriteAsync(db =>
        {
            db.Add(new StockMovement { OrderId = 1, Sku = "A", Reason = StockReason.Returned, Quantity = 3, At = DateTimeOffset.UnixEpoch });
            return db.SaveChangesAsync(stop);
        }, stop);
        await ReturnAsync();

        var refused = await Should.ThrowAsync<DbUpdateException>(ReturnAsync);

        DatabaseFaults.IsOvertaken(refused).ShouldBeTrue();
    }
}
