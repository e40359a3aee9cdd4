namespace OrderConsole.Core.Audit;

/// <summary>
/// Has the database refuse whatever is no append. Who owns the database can take the triggers away; the chain then shows
/// what was done without them. A migration that rebuilds one of the tables on SQLite must make its triggers again.
/// </summary>
internal static class AuditTriggers
{
    private static readonly string[] Tables = ["audit", "audit_anchors"];
    private static readonly string[] Changes = ["UPDATE", "DELETE"];

    public static IEnumerable<string> Sqlite =>
    [
        .. Tables.SelectMany(table => Changes.Select(what =>
            $"CREATE TRIGGER {table}_no_{what.ToLowerInvariant()} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;")),
        // INSERT OR REPLACE deletes without a DELETE.
        .. Tables.Select(table =>
            $"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;"),
        "CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;",
    ];

    public static IEnumerable<string> Postgres =>
    [
        "CREATE FUNCTION audit_refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$ LANGUAGE plpgsql;",
        .. Tables.Select(table => $"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse();"),
        "CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuse();",
        .. Tables.Append("audit_head").Select(table => $"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();"),
    ];
}
