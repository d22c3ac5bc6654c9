using System.Text.RegularExpressions;
using Hearth.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Governance;

/// <summary>A way to sign in, as its button shows it.</summary>
/// <param name="Slug">Its place in addresses.</param>
/// <param name="Name">What stands on the button.</param>
public sealed record OidcButton(string Slug, string Name);

/// <summary>A provider of single sign-on as people see it: the client's secret is never shown.</summary>
/// <param name="Slug">Its place in addresses.</param>
/// <param name="Name">What stands on the button.</param>
/// <param name="Issuer">The provider's address, as it names itself in its tokens.</param>
/// <param name="ClientId">What the provider knows this server by.</param>
/// <param name="HasSecret">True when a client secret is kept.</param>
/// <param name="ForStaff">True when people of the brand may sign in by it.</param>
/// <param name="OpensAs">What somebody new becomes: community or viewer; null when only those with an account come in.</param>
/// <param name="Department">Where a new viewer works.</param>
/// <param name="Domains">Domains of the addresses that may come in; empty for any.</param>
public sealed record OidcProviderView(
    string Slug, string Name, string Issuer, string ClientId, bool HasSecret, bool ForStaff, Role? OpensAs, Department? Department, IReadOnlyList<string> Domains);

/// <summary>A provider of single sign-on as it shall be.</summary>
/// <param name="Name">What stands on the button, 1 to 40 characters.</param>
/// <param name="Issuer">The provider's address, as it names itself in its tokens: https, or http on this machine.</param>
/// <param name="ClientId">What the provider knows this server by.</param>
/// <param name="ClientSecret">Left out to keep the one there is; empty for a client without one.</param>
/// <param name="ForStaff">True when people of the brand may sign in by it.</param>
/// <param name="OpensAs">What somebody new becomes: community, or viewer (then with a department, for staff, and with domains); left out when only those with an account come in.</param>
/// <param name="Department">Where a new viewer works.</param>
/// <param name="Domains">Domains of the addresses that may come in; left out for any.</param>
public sealed record OidcProviderDraft(
    string Name, string Issuer, string ClientId, string? ClientSecret, bool ForStaff, Role? OpensAs, Department? Department, IReadOnlyList<string>? Domains);

/// <summary>The providers of single sign-on. Whoever sets them decides who comes in, so it takes an owner.</summary>
public sealed partial class OidcProviders(Database db, OidcMetadata metadata, IDataProtectionProvider protection, TimeProvider clock)
{
    public const int Most = 10;

    private readonly IDataProtector _protector = protection.CreateProtector("Hearth.Governance.Oidc.v1");

    /// <summary>The buttons of the sign-in page, by name.</summary>
    public async Task<IReadOnlyList<OidcButton>> Buttons(CancellationToken ct) =>
        await db.Set<OidcProvider>().AsNoTracking().OrderBy(p => p.Name).Select(p => new OidcButton(p.Slug, p.Name)).ToListAsync(ct);

    /// <summary>All providers, by name.</summary>
    public async Task<IReadOnlyList<OidcProviderView>> All(CancellationToken ct) =>
        [.. (await db.Set<OidcProvider>().AsNoTracking().OrderBy(p => p.Name).ToListAsync(ct)).Select(View)];

    /// <summary>Adds a provider, or changes it; its description is fetched first, so that a wrong address is told here and not to the next person who signs in.</summary>
    /// <returns>What is wrong; empty when it is kept.</returns>
    public async Task<IReadOnlyList<FieldError>> Set(Actor by, string slug, OidcProviderDraft draft, CancellationToken ct)
    {
        draft = draft with { Name = draft.Name.Trim(), Issuer = draft.Issuer.Trim(), ClientId = draft.ClientId.Trim(), Domains = [.. (draft.Domains ?? []).Select(d => d.Trim().TrimStart('@').ToLowerInvariant()).Where(d => d.Length > 0).Distinct()] };
        var errors = Check(slug, draft).ToList();
        if (errors.Count == 0 && await metadata.Try(draft.Issuer, ct) is { } why) errors.Add(new("issuer", why));
        var row = await db.Set<OidcProvider>().SingleOrDefaultAsync(p => p.Slug == slug, ct);
        if (row is null && await db.Set<OidcProvider>().CountAsync(ct) >= Most) errors.Add(new("slug", $"there are {Most} providers already"));
        if (errors.Count > 0) return errors;
        if (row is null) db.Add(row = new() { Slug = slug, Name = "", Issuer = "", ClientId = "", ForStaff = false, Domains = "" });
        (row.Name, row.Issuer, row.ClientId, row.ForStaff) = (draft.Name, draft.Issuer, draft.ClientId, draft.ForStaff);
        (row.OpensAs, row.Department, row.Domains) = (draft.OpensAs, draft.OpensAs == Role.Viewer ? draft.Department : null, string.Join(' ', draft.Domains!));
        if (draft.ClientSecret is { } secret) row.ClientSecret = secret.Length == 0 ? null : _protector.Protect(secret.Trim());
        db.Record(new OidcProviderChanged(slug, draft.Issuer, true, by.Id, clock.Now()));
        await db.SaveChangesAsync(ct);
        return [];
    }

    /// <summary>Nobody comes in by it any more; accounts stay, and find it again if it is set again.</summary>
    /// <returns>False when there is no such provider.</returns>
    public async Task<bool> Remove(Actor by, string slug, CancellationToken ct)
    {
        if (await db.Set<OidcProvider>().SingleOrDefaultAsync(p => p.Slug == slug, ct) is not { } row) return false;
        db.Remove(row);
        db.Record(new OidcProviderChanged(slug, row.Issuer, false, by.Id, clock.Now()));
        await db.SaveChangesAsync(ct);
        return true;
    }

    internal async Task<(OidcProvider Provider, string? Secret)?> Find(string slug, CancellationToken ct) =>
        await db.Set<OidcProvider>().AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, ct) is { } row ? (row, row.ClientSecret is null ? null : _protector.Unprotect(row.ClientSecret)) : null;

    private static OidcProviderView View(OidcProvider p) =>
        new(p.Slug, p.Name, p.Issuer, p.ClientId, p.ClientSecret is not null, p.ForStaff, p.OpensAs, p.Department, p.Domains.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<FieldError> Check(string slug, OidcProviderDraft draft)
    {
        if (!SlugForm().IsMatch(slug)) yield return new("slug", "must be 1 to 30 lower-case letters, digits and hyphens");
        if (draft.Name.Length is 0 or > 40 || draft.Name.Any(char.IsControl)) yield return new("name", "must have 1 to 40 characters");
        if (!Uri.TryCreate(draft.Issuer, UriKind.Absolute, out var issuer) || issuer.Scheme != Uri.UriSchemeHttps && !(issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback) || issuer.Query.Length + issuer.Fragment.Length > 0)
        {
            yield return new("issuer", "must be an https address without ? and #");
        }

        if (draft.ClientId.Length is 0 or > 300) yield return new("clientId", "must have 1 to 300 characters");
        if (draft.ClientSecret?.Length > 1_000) yield return new("clientSecret", "must have at most 1,000 characters");
        if (draft.OpensAs is not (null or Role.Community or Role.Viewer)) yield return new("opensAs", "must be community or viewer, or left out");
        if (draft.OpensAs == Role.Viewer && !draft.ForStaff) yield return new("opensAs", "can be viewer only where people of the brand sign in");
        if (draft.OpensAs == Role.Viewer && draft.Department is null) yield return new("department", "is needed for new viewers");
        if (draft.OpensAs == Role.Viewer && draft.Domains!.Count == 0) yield return new("domains", "are needed for new viewers: else everybody with an account there would come in");
        if (draft.Domains!.FirstOrDefault(d => Uri.CheckHostName(d) != UriHostNameType.Dns || d.Length > 253) is { } wrong) yield return new("domains", $"\"{wrong}\" is no domain");
        if (draft.Domains!.Count > 50) yield return new("domains", "must be 50 at most");
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$")]
    private static partial Regex SlugForm();
}
