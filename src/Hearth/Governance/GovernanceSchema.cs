using Hearth.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

internal sealed class GovernanceSchema : IRoomSchema
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Account>(e =>
        {
            e.ToTable("governance_accounts");
            e.HasIndex(a => a.NormalizedUserName).IsUnique();
            e.HasIndex(a => a.NormalizedEmail);
            e.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
            e.Property(a => a.Role).HasConversion<string>();
            e.Property(a => a.Department).HasConversion<string>();
            e.Property(a => a.Kind).HasConversion<string>().HasDefaultValue(AccountKind.Member).HasSentinel((AccountKind)(-1));
            e.HasIndex(a => a.Role);
        });
        model.Entity<IdentityUserClaim<Guid>>(e =>
        {
            e.ToTable("governance_account_claims");
            e.HasIndex(c => c.UserId);
        });
        model.Entity<IdentityUserLogin<Guid>>(e =>
        {
            e.ToTable("governance_account_logins");
            e.HasKey(l => new { l.LoginProvider, l.ProviderKey });
            e.HasIndex(l => l.UserId);
        });
        model.Entity<IdentityUserToken<Guid>>(e =>
        {
            e.ToTable("governance_account_tokens");
            e.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        });
        model.Entity<SignInLink>(e =>
        {
            e.ToTable("governance_sign_in_links");
            e.HasKey(l => l.Hash);
            e.HasIndex(l => l.Account);
            e.Property(l => l.Purpose).HasConversion<string>();
        });
        model.Entity<MailedLink>(e =>
        {
            e.ToTable("governance_mailed_links");
            e.HasKey(l => l.Hash);
            e.HasIndex(l => new { l.Email, l.At });
            e.Property(l => l.Purpose).HasConversion<string>();
        });
        model.Entity<IdentityUserPasskey<Guid>>(e =>
        {
            e.ToTable("governance_account_passkeys");
            e.HasKey(p => p.CredentialId);
            e.HasIndex(p => p.UserId);
            e.Property(p => p.CredentialId).HasMaxLength(1023); // WebAuthn level 2, section 4
            e.Property(p => p.Data).HasConversion(PasskeyJson.Convert, PasskeyJson.Compare);
        });
        model.Entity<OidcProvider>(e =>
        {
            e.ToTable("governance_oidc_providers");
            e.HasKey(p => p.Slug);
            e.Property(p => p.OpensAs).HasConversion<string>();
            e.Property(p => p.Department).HasConversion<string>();
        });
        model.Entity<Certificate>(e =>
        {
            e.ToTable("governance_certificates");
            e.Property(c => c.Level).HasConversion<string>();
            e.HasIndex(c => c.User);
        });
        model.Entity<ApiKey>(e =>
        {
            e.ToTable("governance_api_keys");
            e.HasIndex(k => k.Hash).IsUnique();
        });
    }
}
