using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;

namespace OrderConsole.Access;

/// <summary>
/// The keys that cookies are signed with lie in the database, so that all its consoles know each other's cookies. They are
/// encrypted with a secret that is not in the database: who can read it can sign nobody in.
/// </summary>
internal sealed class CookieKeys(OrderDatabase database) : IXmlRepository
{
    // The framework asks for its keys without waiting, at the start and once a day. Before the schema is there it hears that the
    // database is away, asks again at the next cookie, and would write a page of log about it: its category is off.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.Read();
        return [.. Reachable(() => db.CookieKeys.OrderBy(k => k.Id).Select(k => k.Xml).ToList()).Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = database.Read();
        db.Add(new CookieKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        Reachable(db.SaveChanges);
    }

    private T Reachable<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
        {
            throw new StoreUnavailableException(database.StoreName, "The keys of the cookies can not be read.", e);
        }
    }
}

/// <summary>AES-256-GCM with a key that follows from the audit's.</summary>
internal sealed class CookieKeyEncryptor(AuditKeys keys) : IXmlEncryptor
{
    internal const string Purpose = "orderconsole cookie keys", Element = "sealed", Key = "key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var text = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var (nonce, tag, secret) = (RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize), new byte[AesGcm.TagByteSizes.MaxSize], new byte[text.Length]);
        using var aes = new AesGcm(keys.Current.Derive(Purpose), tag.Length);
        aes.Encrypt(nonce, text, secret, tag);
        var element = new XElement(Element, new XAttribute(Key, keys.Current.Id), Convert.ToBase64String([.. nonce, .. tag, .. secret]));
        return new(element, typeof(CookieKeyDecryptor));
    }
}

internal sealed class CookieKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <exception cref="CryptographicException">It was changed, or encrypted with a key that this console does not have.</exception>
    public XElement Decrypt(XElement encryptedElement)
    {
        var key = services.GetRequiredService<AuditKeys>().Find(encryptedElement.Attribute(CookieKeyEncryptor.Key)?.Value ?? "")
            ?? throw new CryptographicException("The cookie key was encrypted with an audit key that this console was not given (Audit:OldKeys).");
        var bytes = Convert.FromBase64String(encryptedElement.Value).AsSpan();
        var nonce = bytes[..AesGcm.NonceByteSizes.MaxSize];
        var tag = bytes.Slice(nonce.Length, AesGcm.TagByteSizes.MaxSize);
        var secret = bytes[(nonce.Length + tag.Length)..];
        var text = new byte[secret.Length];
        using var aes = new AesGcm(key.Derive(CookieKeyEncryptor.Purpose), tag.Length);
        aes.Decrypt(nonce, secret, tag, text);
        return XElement.Parse(Encoding.UTF8.GetString(text));
    }
}
