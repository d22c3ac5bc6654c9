using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Governance;

/// <summary>A certificate as people see it.</summary>
/// <param name="Id">Named by what was said on its strength.</param>
/// <param name="User">Who may speak.</param>
/// <param name="Name">Their name.</param>
/// <param name="Level">product, company or safety; each holds those before it.</param>
/// <param name="GrantedBy">Who of the council gave it.</param>
/// <param name="GrantedAt">When.</param>
/// <param name="Ends">Not good from then on.</param>
/// <param name="RevokedAt">When it was taken back; null when it was not.</param>
public sealed record CertificateView(CertificateId Id, UserId User, string Name, CertificationLevel Level, string GrantedBy, DateTimeOffset GrantedAt, DateTimeOffset Ends, DateTimeOffset? RevokedAt)
{
    public bool IsGoodAt(DateTimeOffset now) => RevokedAt is null && now < Ends;
}

/// <summary>What became of granting a certificate.</summary>
public abstract record Granting
{
    private Granting() { }

    public sealed record Done(CertificateView Certificate) : Granting;

    public sealed record Invalid(string Field, string Reason) : Granting;

    /// <summary>Nobody certifies themselves, and only leads and owners certify others.</summary>
    public sealed record NotAllowed(string Why) : Granting;
}

/// <summary>The council's word on who may state facts in the brand's name: for a time, at a level, and never for oneself.</summary>
public sealed class Certifications(Database db, Staff staff, TimeProvider clock)
{
    /// <summary>The longest that a certificate is good.</summary>
    public const int MaxDays = 730;

    /// <param name="by">A lead or an owner.</param>
    /// <param name="user">Who may speak from now on.</param>
    /// <param name="level">What about.</param>
    /// <param name="days">How long, 1 to 730.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Granting> Grant(Actor by, UserId user, CertificationLevel level, int days, CancellationToken ct)
    {
        if (!by.Is(Role.Lead)) return new Granting.NotAllowed("A lead or an owner certifies.");
        if (by.Id == user) return new Granting.NotAllowed("Nobody certifies themselves: ask another lead or an owner.");
        if (!Enum.IsDefined(level)) return new Granting.Invalid("level", "must be product, company or safety");
        if (days is < 1 or > MaxDays) return new Granting.Invalid("days", $"must be from 1 to {MaxDays}");
        if (await staff.Find(user, ct) is not { Role: not Role.Community } member) return new Granting.Invalid("user", "must be one of the brand's people");
        var now = clock.Now();
        var row = new Certificate { Id = CertificateId.New(), User = user, Level = level, GrantedBy = by.Id, GrantedAt = now, Ends = now.AddDays(days) };
        db.Add(row);
        db.Record(new CertificateGranted(row.Id, user, level, by.Id, row.Ends, now));
        await db.SaveChangesAsync(ct);
        return new Granting.Done(new(row.Id, user, member.Name, level, by.Name, now, row.Ends, null));
    }

    /// <summary>Takes a certificate back at once; what was said on its strength stands.</summary>
    /// <returns>False when there is none that is still good.</returns>
    public Task<bool> Revoke(Actor by, CertificateId id, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var revoked = await db.Set<Certificate>().Where(c => c.Id == id && c.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.RevokedAt, now).SetProperty(c => c.RevokedBy, by.Id), ct);
        if (revoked == 0) return false;
        db.Record(new CertificateRevoked(id, by.Id, now));
        await db.SaveChangesAsync(ct);
        return true;
    }, ct);

    /// <summary>The certificate by which somebody may speak at a level now; null when there is none.</summary>
    public async Task<CertificateId?> Of(UserId user, CertificationLevel level, CancellationToken ct)
    {
        var now = clock.Now();
        var good = await db.Set<Certificate>().AsNoTracking().Where(c => c.User == user && c.RevokedAt == null && c.Ends > now).ToListAsync(ct);
        return good.Where(c => c.Level >= level).OrderBy(c => c.Level).ThenByDescending(c => c.Ends).FirstOrDefault()?.Id;
    }

    /// <summary>The most that somebody may speak about now; null for nothing.</summary>
    public async Task<CertificationLevel?> Highest(UserId user, CancellationToken ct)
    {
        var now = clock.Now();
        var good = await db.Set<Certificate>().AsNoTracking().Where(c => c.User == user && c.RevokedAt == null && c.Ends > now).Select(c => c.Level).ToListAsync(ct);
        return good.Count == 0 ? null : good.Max();
    }

    /// <summary>All of them, the newest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<CertificateView>> All(CancellationToken ct)
    {
        var rows = await db.Set<Certificate>().AsNoTracking().OrderByDescending(c => c.GrantedAt).ThenByDescending(c => c.Id).Take(1000).ToListAsync(ct);
        var names = await staff.Names(rows.SelectMany(r => (UserId[])[r.User, r.GrantedBy]), ct);
        return [.. rows.Select(r => new CertificateView(r.Id, r.User, names.GetValueOrDefault(r.User) ?? "", r.Level, names.GetValueOrDefault(r.GrantedBy) ?? "", r.GrantedAt, r.Ends, r.RevokedAt))];
    }

    internal static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/certificates").WithTags("Council");
        group.MapGet("", (Certifications certifications, CancellationToken ct) => certifications.All(ct)).RequireAuthorization(Access.Read).WithName("certificates").WithSummary("Who may state facts in the brand's name");
        group.MapPost("", async Task<Results<Created<CertificateView>, ProblemHttpResult>> (CertificateBody body, Certifications certifications, HttpContext http, CancellationToken ct) =>
            await certifications.Grant(http.Actor(), new(body.User), body.Level, body.Days, ct) switch
            {
                Granting.Done done => Created("/api/v1/certificates", done.Certificate),
                Granting.Invalid i => Problems.Invalid(i.Field, i.Reason),
                Granting.NotAllowed not => Problems.Refused("not-allowed", not.Why, StatusCodes.Status403Forbidden),
                var other => throw new InvalidOperationException(other.ToString()),
            }).RequireAuthorization(Access.Lead).WithName("grantCertificate").WithSummary("Certifies somebody else for a time");
        group.MapDelete("/{certificate:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid certificate, Certifications certifications, HttpContext http, CancellationToken ct) =>
            await certifications.Revoke(http.Actor(), new(certificate), ct) ? NoContent() : Problems.Unknown("certificate")).RequireAuthorization(Access.Lead).WithName("revokeCertificate").WithSummary("Takes a certificate back");
    }

    /// <summary>Whom to certify.</summary>
    /// <param name="User">One of the brand's people, not oneself.</param>
    /// <param name="Level">product (what a product is, does, costs), company (what the company did and plans) or safety (safety, health, law); each holds those before it.</param>
    /// <param name="Days">How long it is good, 1 to 730.</param>
    internal sealed record CertificateBody(Guid User, CertificationLevel Level, int Days);
}
