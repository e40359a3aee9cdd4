using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace OrderConsole.Core.Access;

/// <summary>The tables of users, sessions and keys.</summary>
internal static class AccessModel
{
    private const int NameLength = 100, HashLength = 64, TextLength = 200;

    public static void Apply(ModelBuilder model)
    {
        model.Entity<ConsoleUser>(user =>
        {
            user.ToTable("Users");
            // Signing in is by name; we write to nobody.
            user.Ignore(u => u.Email).Ignore(u => u.NormalizedEmail).Ignore(u => u.EmailConfirmed).Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed);
            user.HasIndex(u => u.NormalizedUserName).IsUnique();
            user.HasIndex(u => new { u.Issuer, u.Subject }).IsUnique();
            user.Property(u => u.UserName).HasMaxLength(NameLength).IsRequired();
            user.Property(u => u.NormalizedUserName).HasMaxLength(NameLength).IsRequired();
            user.Property(u => u.ConcurrencyStamp).IsConcurrencyToken();
            user.Property(u => u.Role).HasMaxLength(NameLength);
            user.Property(u => u.Issuer).HasMaxLength(TextLength);
            user.Property(u => u.Subject).HasMaxLength(TextLength);
        });
        // The second factor: its key and what is left of the recovery codes.
        model.Entity<IdentityUserToken<long>>(token =>
        {
            token.ToTable("UserTokens");
            token.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
            token.HasOne<ConsoleUser>().WithMany().HasForeignKey(t => t.UserId);
        });
        model.Entity<ConsoleSession>(session =>
        {
            session.Property(s => s.Address).HasMaxLength(NameLength);
            session.Property(s => s.Agent).HasMaxLength(TextLength);
            session.HasIndex(s => s.UserId);
            session.HasOne<ConsoleUser>().WithMany().HasForeignKey(s => s.UserId);
        });
        model.Entity<CookieKey>().HasIndex(k => k.Name).IsUnique();
        model.Entity<CookieKey>().Property(k => k.Name).HasMaxLength(NameLength);
        model.Entity<ConsoleSetup>().Property(s => s.Id).ValueGeneratedNever();
        model.Entity<ApiKey>(key =>
        {
            key.HasIndex(k => k.Hash).IsUnique();
            key.HasIndex(k => k.Name).IsUnique();
            key.Property(k => k.Name).HasMaxLength(NameLength);
            key.Property(k => k.Hash).HasMaxLength(HashLength);
        });
    }
}
