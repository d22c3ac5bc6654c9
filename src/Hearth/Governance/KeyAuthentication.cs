using System.Security.Claims;
using System.Text.Encodings.Web;
using Hearth.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hearth.Governance;

/// <summary><c>Authorization: Bearer hearth_...</c> (RFC 6750, section 2.1).</summary>
internal sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Key";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var hash = Secret.Hash(header[Bearer.Length..].Trim());
        var db = Context.RequestServices.GetRequiredService<Database>();
        var found = await db.Set<ApiKey>().AsNoTracking().Where(k => k.Hash == hash && k.Revoked == null)
            .Join(db.Set<Account>(), k => k.Owner, a => a.Id, (k, a) => new { Key = k, Owner = a }).FirstOrDefaultAsync(Context.RequestAborted);
        if (found is not { Owner.Active: true }) return AuthenticateResult.Fail("The key is unknown or revoked.");
        await Used(db, found.Key);
        var scopes = found.Key.Scopes.Split(' ');
        var actor = found.Owner.Actor() with { Role = scopes.Contains(Access.Write) ? Role.Agent : Role.Viewer };
        var identity = new ClaimsIdentity(actor.Claims().Concat(scopes.Select(s => new Claim(Actors.Scope, s))), Scheme);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await base.HandleChallengeAsync(properties);
        if (Request.Headers.Authorization.Count > 0) Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        else Response.Headers.WWWAuthenticate = "Bearer";
    }

    // To the minute: a busy key must not make every read a write.
    private async Task Used(Database db, ApiKey key)
    {
        var now = clock.Now();
        var before = now.AddMinutes(-1);
        if (key.LastUsed > before) return;
        await db.Set<ApiKey>().Where(k => k.Id == key.Id && (k.LastUsed == null || k.LastUsed <= before)).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsed, now));
    }
}
