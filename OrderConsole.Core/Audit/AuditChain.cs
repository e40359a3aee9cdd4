using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OrderConsole.Core.Audit;

/// <summary>
/// How rows are chained: <c>hash = HMAC-SHA256(key, hash before ‖ row)</c>. A row is its fields in a fixed order, each text
/// with its length before it, so that no two rows have the same bytes.
/// </summary>
internal static class AuditChain
{
    /// <summary>What stands before the first row.</summary>
    public const string Beginning = "0000000000000000000000000000000000000000000000000000000000000000";
    private const byte Form = 1;

    public static string HashOf(AuditRow row, string before, AuditKey key)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        bytes.Write(Convert.FromHexString(before));
        bytes.Write([Form]);
        Number(bytes, row.Seq);
        Number(bytes, row.At.ToUnixTimeMilliseconds());
        Number(bytes, (int)row.Outcome);
        Number(bytes, row.OperationId ?? long.MinValue);
        foreach (var text in new[] { row.Who, row.Role, row.Source, row.Address, row.Credential, row.Action, row.Target, row.Before, row.After, row.Reason, row.Code, row.KeyId })
            Text(bytes, text);
        return key.Sign(bytes.WrittenSpan);
    }

    private static void Number(ArrayBufferWriter<byte> to, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(8), number);
        to.Advance(8);
    }

    private static void Text(ArrayBufferWriter<byte> to, string? text)
    {
        Number(to, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        if (text is not null) Encoding.UTF8.GetBytes(text, to);
    }
}
