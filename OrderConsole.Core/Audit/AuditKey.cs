using System.Security.Cryptography;
using System.Text;

namespace OrderConsole.Core.Audit;

/// <summary>A secret of the chain and its name, which may be seen: it stands in every row.</summary>
public sealed class AuditKey
{
    public const int MinLength = 32;

    private readonly byte[] _secret;

    /// <exception cref="ArgumentException">Shorter than <see cref="MinLength"/>.</exception>
    public AuditKey(string secret)
    {
        if (secret.Length < MinLength) throw new ArgumentException($"The key of the audit is at least {MinLength} characters.");
        _secret = Encoding.UTF8.GetBytes(secret);
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(_secret, "orderconsole audit key id"u8))[..16];
    }

    public string Id { get; }

    public string Sign(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, text));

    /// <summary>Another secret of 32 bytes that follows from this one (HKDF, RFC 5869): who has it knows nothing of this.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, 32, info: Encoding.UTF8.GetBytes(purpose));

    public override string ToString() => Id;
}
