using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet;

/// <summary>A connected shop; its secret is never shown.</summary>
/// <param name="Id">Ours; stands in its webhook's address.</param>
/// <param name="Kind">Whose signature and shape its webhooks have.</param>
/// <param name="Name">As people call it here.</param>
/// <param name="Prefix">What stands before its order numbers here; empty for nothing.</param>
/// <param name="ConnectedAt">Since when.</param>
/// <param name="Deliveries">How many deliveries were taken, each once.</param>
/// <param name="LastAt">When the last of them came; null for none yet.</param>
/// <param name="LastTopic">What it was about, in the shop's word.</param>
/// <param name="Trouble">Why the last signed delivery that could not be used was not; null when there was none.</param>
/// <param name="TroubleAt">When that was.</param>
public sealed record ShopView(ShopId Id, ShopKind Kind, string Name, string Prefix, DateTimeOffset ConnectedAt, int Deliveries, DateTimeOffset? LastAt, string? LastTopic, string? Trouble, DateTimeOffset? TroubleAt);

/// <summary>A shop to be connected.</summary>
/// <param name="Kind">Whose signature and shape its webhooks have.</param>
/// <param name="Name">As people shall call it here, 1 to 60 characters.</param>
/// <param name="Secret">What it signs with, 8 to 200 characters; kept encrypted and never shown.</param>
/// <param name="Prefix">What is to stand before its order numbers here, up to 20 characters, for more than one shop; null for nothing.</param>
public sealed record ShopDraft(ShopKind Kind, string? Name, string? Secret, string? Prefix = null);

/// <summary>What became of connecting a shop, or of its new secret.</summary>
public abstract record ShopConnection
{
    private ShopConnection() { }

    public sealed record Connected(ShopView Shop) : ShopConnection;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ShopConnection;

    public sealed record Unknown : ShopConnection;
}

/// <summary>Shops whose webhooks tell of orders: which, and what they sign with.</summary>
public sealed class Shops(Database db, ShopSecrets secrets, TimeProvider clock)
{
    private const int LeastSecret = 8;
    private const int MostSecret = 200;

    /// <summary>The connected ones, first connected first.</summary>
    public async Task<IReadOnlyList<ShopView>> All(CancellationToken ct) =>
        (await db.Set<Shop>().AsNoTracking().Where(s => s.DisconnectedAt == null).OrderBy(s => s.ConnectedAt).ThenBy(s => s.Id).ToListAsync(ct)).ConvertAll(View);

    public async Task<ShopConnection> Connect(ShopDraft draft, CancellationToken ct)
    {
        var (name, prefix, secret) = (draft.Name?.Trim() ?? "", draft.Prefix?.Trim() ?? "", draft.Secret?.Trim() ?? "");
        var errors = Errors(name, prefix, secret).ToList();
        if (!Enum.IsDefined(draft.Kind)) errors.Add(new("kind", "must be shopify or wooCommerce"));
        if (errors.Count > 0) return new ShopConnection.Invalid(errors);
        var shop = new Shop { Id = ShopId.New(), Kind = draft.Kind, Name = name, Prefix = prefix, Secret = secrets.Protect(secret), ConnectedAt = clock.Now() };
        db.Add(shop);
        await db.SaveChangesAsync(ct);
        return new ShopConnection.Connected(View(shop));
    }

    /// <summary>From now on only what is signed with the new secret is trusted.</summary>
    public async Task<ShopConnection> Renew(ShopId id, string? secret, CancellationToken ct)
    {
        secret = secret?.Trim() ?? "";
        if (Secret(secret) is { } error) return new ShopConnection.Invalid([error]);
        var kept = secrets.Protect(secret);
        await db.Set<Shop>().Where(s => s.Id == id && s.DisconnectedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.Secret, kept), ct);
        return await One(id, ct) is { } shop ? new ShopConnection.Connected(View(shop)) : new ShopConnection.Unknown();
    }

    /// <summary>Forgets its secret and trusts nothing more under its address; its orders stay.</summary>
    /// <returns>False when there is no such shop.</returns>
    public async Task<bool> Disconnect(ShopId id, CancellationToken ct)
    {
        var now = clock.Now();
        return await db.Set<Shop>().Where(s => s.Id == id && s.DisconnectedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DisconnectedAt, now).SetProperty(s => s.Secret, ""), ct) == 1;
    }

    internal Task<Shop?> One(ShopId id, CancellationToken ct) => db.Set<Shop>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.DisconnectedAt == null, ct);

    private static IEnumerable<FieldError> Errors(string name, string prefix, string secret)
    {
        if (name.Length is 0 or > Shop.MaxName || name.Any(char.IsControl)) yield return new("name", $"must have 1 to {Shop.MaxName} characters");
        if (prefix.Length > Shop.MaxPrefix || prefix.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) yield return new("prefix", $"must have at most {Shop.MaxPrefix} characters and no blanks");
        if (Secret(secret) is { } error) yield return error;
    }

    private static FieldError? Secret(string secret) => secret.Length is < LeastSecret or > MostSecret ? new("secret", $"must have {LeastSecret} to {MostSecret} characters") : null;

    private static ShopView View(Shop s) => new(s.Id, s.Kind, s.Name, s.Prefix, s.ConnectedAt, s.Deliveries, s.LastAt, s.LastTopic, s.Trouble, s.TroubleAt);
}
