using System.Buffers.Text;
using System.Security.Cryptography;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>A site that embeds the snippet.</summary>
public readonly record struct PixelSiteId(Guid Value) : IId<PixelSiteId>
{
    public static PixelSiteId New() => new(Ids.New());

    public static PixelSiteId From(Guid value) => new(value);
}

internal sealed class PixelSite
{
    public const int MaxOrigin = 200;

    public required PixelSiteId Id { get; init; }

    /// <summary>Public: it stands in the pages of the shop.</summary>
    public required string Key { get; init; }

    /// <summary>Scheme, host and port of the shop's pages, as browsers send it.</summary>
    public required string Origin { get; init; }

    /// <summary>Stands before the order numbers, as that of the connected shop does.</summary>
    public required string Prefix { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; set; }
}

/// <summary>A site that may tell of orders by the snippet or the pixel.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Key">What the snippet names it by; no secret.</param>
/// <param name="Origin">Where its pages are: scheme, host and port.</param>
/// <param name="Prefix">What stands before its order numbers here; empty for nothing.</param>
/// <param name="AddedAt">Since when.</param>
public sealed record PixelSiteView(PixelSiteId Id, string Key, string Origin, string Prefix, DateTimeOffset AddedAt);

/// <summary>What became of adding a site.</summary>
public abstract record PixelSiteAdded
{
    private PixelSiteAdded() { }

    public sealed record Done(PixelSiteView Site) : PixelSiteAdded;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : PixelSiteAdded;
}

/// <summary>The sites that may tell of orders by the snippet or the pixel.</summary>
public sealed class PixelSites(Database db, TimeProvider clock)
{
    private const int KeyBytes = 12;

    /// <summary>First added first.</summary>
    public async Task<IReadOnlyList<PixelSiteView>> All(CancellationToken ct) =>
        [.. (await db.Set<PixelSite>().AsNoTracking().Where(s => s.RemovedAt == null).OrderBy(s => s.AddedAt).ThenBy(s => s.Id).ToListAsync(ct)).Select(View)];

    /// <param name="origin">https://shop.example; a path is refused. http for the machine itself only.</param>
    /// <param name="prefix">Up to 20 characters; null for nothing.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<PixelSiteAdded> Add(string? origin, string? prefix, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (Normal(origin) is not { } normal) errors.Add(new("origin", $"must be like https://shop.example, without a path, up to {PixelSite.MaxOrigin} characters"));
        var before = prefix?.Trim() ?? "";
        if (before.Length > Shop.MaxPrefix || before.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) errors.Add(new("prefix", $"must have at most {Shop.MaxPrefix} characters and no blanks"));
        if (errors.Count > 0) return new PixelSiteAdded.Invalid(errors);
        var site = new PixelSite { Id = PixelSiteId.New(), Key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes)), Origin = Normal(origin)!, Prefix = before, AddedAt = clock.Now() };
        db.Add(site);
        await db.SaveChangesAsync(ct);
        return new PixelSiteAdded.Done(View(site));
    }

    /// <summary>What it tells is not taken any more; its orders stay.</summary>
    /// <returns>False when there is no such site.</returns>
    public async Task<bool> Remove(PixelSiteId id, CancellationToken ct)
    {
        var now = clock.Now();
        return await db.Set<PixelSite>().Where(s => s.Id == id && s.RemovedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.RemovedAt, now), ct) == 1;
    }

    internal Task<PixelSite?> ByKey(string key, CancellationToken ct) => db.Set<PixelSite>().AsNoTracking().SingleOrDefaultAsync(s => s.Key == key && s.RemovedAt == null, ct);

    private static string? Normal(string? origin) =>
        Uri.TryCreate(origin?.Trim(), UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback) && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            && uri.GetLeftPart(UriPartial.Authority).Length <= PixelSite.MaxOrigin ? uri.GetLeftPart(UriPartial.Authority) : null;

    private static PixelSiteView View(PixelSite s) => new(s.Id, s.Key, s.Origin, s.Prefix, s.AddedAt);
}
