using System.Collections.Concurrent;
using Hearth.Outlet.Audiences;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Outlet;

/// <summary>Where a tracked link leads, and the click that was written down.</summary>
/// <param name="Target">A path of ours, or the offer's shop address with <c>hearth_click</c>.</param>
/// <param name="Click">The click.</param>
/// <param name="Visitor">The browser: known from its cookie, or new; null for bots.</param>
public sealed record Followed(string Target, ClickId Click, VisitorId? Visitor);

/// <summary>Follows a tracked link for a program of this house, the click straight into the database. The target comes from memory and is never taken from the request, so no link of ours can lead elsewhere.</summary>
public sealed class FollowLink(Database db, LinkTargets targets, TimeProvider clock)
{
    /// <summary>Writes the click down and says where to go.</summary>
    /// <param name="link">The slug after /l/.</param>
    /// <param name="visitor">From the cookie; null when there is none.</param>
    /// <param name="userAgent">The User-Agent header.</param>
    /// <param name="purpose">Sec-Purpose, Purpose or X-Moz.</param>
    /// <param name="referrer">The Referer header; only its host is kept.</param>
    /// <param name="ct">Stops the work; the click is not kept.</param>
    /// <returns>Null when there is no such link.</returns>
    public async Task<Followed?> By(string link, VisitorId? visitor, string? userAgent, string? purpose, string? referrer, CancellationToken ct)
    {
        if (await targets.Of(db, link, ct) is not { } target) return null;
        var now = clock.Now();
        var click = Made(target, visitor, userAgent, purpose, referrer, now);
        db.Add(click);
        await db.SaveChangesAsync(ct);
        return new(target.With(click.Id, now), click.Id, click.Visitor);
    }

    internal static Click Made(LinkTargets.Target target, VisitorId? visitor, string? userAgent, string? purpose, string? referrer, DateTimeOffset now, int? digest = null)
    {
        var bot = Bots.Is(userAgent, purpose);
        var own = target.Share is { } share && share.By == visitor; // who tries their own link was brought by nobody
        return new()
        {
            Id = new(Ids.New(now)), Offer = target.Offer, Visitor = bot ? null : visitor ?? VisitorId.New(), Share = own ? null : target.Share?.Slug, Generation = own ? 0 : target.Share?.Generation ?? 0, Kind = bot ? ClickKind.Bot : ClickKind.Person,
            From = digest is { } number ? Click.OfDigest(number) : referrer is { Length: > 0 } && Uri.TryCreate(referrer, UriKind.Absolute, out var from) ? Cut(from.Host, KeptClick.MaxFrom) : "", UserAgent = Cut(userAgent ?? "", KeptClick.MaxUserAgent), At = now,
        };
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}

/// <summary>Where links lead, kept in memory; what was published does not change, except that it ends.</summary>
public sealed class LinkTargets(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<string, Target> _known = new(StringComparer.Ordinal);

    /// <summary>The target; the database is asked when it is not known or was read a while ago, by one while the others take what is known.</summary>
    internal async ValueTask<Target?> Of(IServiceScopeFactory scopes, string link, CancellationToken ct)
    {
        if (_known.TryGetValue(link, out var known))
        {
            var now = clock.Now();
            if (now < known.Until) return known;
            if (now < known.Until + Fresh && !_known.TryUpdate(link, known with { Until = now + Fresh }, known)) return known;
        }

        await using var scope = scopes.CreateAsyncScope();
        return await Read(scope.ServiceProvider.GetRequiredService<Database>(), link, ct);
    }

    internal async ValueTask<Target?> Of(Database db, string link, CancellationToken ct) => _known.TryGetValue(link, out var known) && clock.Now() < known.Until ? known : await Read(db, link, ct);

    private async Task<Target?> Read(Database db, string link, CancellationToken ct)
    {
        if (link.Length is < 4 or > 32) return null;
        var now = clock.Now();
        var share = await db.Set<ShareLink>().AsNoTracking().SingleOrDefaultAsync(s => s.Slug == link, ct);
        var post = share is null ? await db.Set<PostLink>().AsNoTracking().SingleOrDefaultAsync(l => l.Slug == link, ct) : null;
        var shared = share?.Offer ?? post?.Offer;
        var found = await db.Set<Offer>().AsNoTracking().Where(o => (shared == null ? o.Link == link : o.Id == shared) && o.Stage != OfferStage.Draft)
            .Select(o => new { o.Id, o.Slug, o.ShopUrl, o.Opens, Running = o.Stage == OfferStage.Published && o.PausedAt == null && o.Left > 0, o.Closes }).SingleOrDefaultAsync(ct);
        if (found is null) return null;
        var shop = found is { Running: true, ShopUrl: { } address } ? (await new UtmPolicies(db, clock).Read(ct)).Apply(address,
            new(post?.Network ?? (share is null ? "link" : "share"), post?.AccountName ?? "", found.Slug, post is null ? "" : post.Message.Value.ToString("N")[^12..], found.Opens)) : null;
        if (_known.Count > Most) _known.Clear();
        return _known[link] = new(found.Id, "/outlet/" + found.Slug, shop, found.Closes, now + Fresh, share is null ? null : new(share.Slug, share.Generation, share.Visitor));
    }

    /// <summary>One link.</summary>
    /// <param name="Offer">Which offer.</param>
    /// <param name="Page">Our own page.</param>
    /// <param name="Shop">The shop's address while the offer runs and something is left; null for our own page.</param>
    /// <param name="Closes">After that everybody comes to our page, which says what else there is.</param>
    /// <param name="Until">Read again after this.</param>
    /// <param name="Share">Whose link it is; null for the offer's own.</param>
    internal sealed record Target(OfferId Offer, string Page, string? Shop, DateTimeOffset Closes, DateTimeOffset Until, Shared? Share = null)
    {
        /// <param name="click">The click that led there.</param>
        /// <param name="now">Now.</param>
        /// <param name="invitation">As <see cref="Invitation"/> writes it, for our own page alone; null for none.</param>
        public string With(ClickId click, DateTimeOffset now, string? invitation = null) => Shop is null || now >= Closes ? invitation is null ? Page : $"{Page}?{Invitation.Key}={invitation}"
            : $"{Shop}{(Shop.Contains('?', StringComparison.Ordinal) ? '&' : '?')}hearth_click={click.Value}";
    }
}

/// <summary>Whose link.</summary>
internal sealed record Shared(string Slug, int Generation, VisitorId By);
