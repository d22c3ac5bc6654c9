using Hearth.Channels;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Outlet.Digests;

/// <summary>What the house decides about its digest.</summary>
/// <param name="Mailbox">The connected mailbox (Council, Channels) that it comes from and is answered to.</param>
/// <param name="Human">Who answers; their name stands in the sender.</param>
/// <param name="Zone">"Europe/Berlin"; UTC when empty.</param>
/// <param name="Hour">When it goes out, 0 to 23, in that zone.</param>
/// <param name="Paused">True while none goes out; nobody is forgotten.</param>
public sealed record DigestSettings(ChannelAccountId Mailbox, UserId Human, string? Zone, int Hour, bool Paused);

/// <summary>The settings with what they lead to.</summary>
/// <param name="Settings">As they were kept.</param>
/// <param name="Address">Of the mailbox; null when it is connected no more.</param>
/// <param name="HumanName">Null when that account can be used no more.</param>
public sealed record DigestSettingsView(DigestSettings Settings, string? Address, string? HumanName)
{
    /// <summary>People can ask for it.</summary>
    public bool IsOpen => !Settings.Paused && Address is not null && HumanName is not null;
}

/// <summary>The digest's settings. There is none until somebody says who answers and from which mailbox.</summary>
public sealed class KeepDigest(Database db, ChannelAccounts accounts, Staff staff, TimeProvider clock)
{
    public async Task<DigestSettingsView?> Read(CancellationToken ct)
    {
        if (await db.Set<DigestSettingsRow>().AsNoTracking().SingleOrDefaultAsync(ct) is not { } row) return null;
        var mailbox = await accounts.Find(row.Mailbox, ct);
        var human = await staff.Find(row.Human, ct);
        return new(new(row.Mailbox, row.Human, row.Zone, row.Hour, row.Paused), mailbox is { IsConnected: true } ? mailbox.Handle : null, human is { Active: true } ? human.Name : null);
    }

    /// <summary>Keeps them.</summary>
    /// <param name="settings">What was decided.</param>
    /// <param name="site">The address under which people reach this server, without a path.</param>
    /// <param name="ct">Stops the work; nothing is kept.</param>
    /// <returns>What is wrong; empty when they were kept.</returns>
    public async Task<IReadOnlyList<FieldError>> Set(DigestSettings settings, Uri site, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        if (await accounts.Find(settings.Mailbox, ct) is not { IsConnected: true, Network: Networks.Email }) errors.Add(new("mailbox", "must be a connected mailbox (Council, Channels)"));
        if (await staff.Find(settings.Human, ct) is not { Active: true, Role: >= Role.Agent }) errors.Add(new("human", "must be somebody of the brand who can answer"));
        if (!DayZone.TryFind(settings.Zone?.Trim(), out _)) errors.Add(new("zone", "must be a time zone like Europe/Berlin"));
        if (settings.Hour is < 0 or > 23) errors.Add(new("hour", "must be between 0 and 23"));
        if (errors.Count > 0) return errors;
        var row = await db.Set<DigestSettingsRow>().SingleOrDefaultAsync(ct);
        var (zone, address, now) = (settings.Zone?.Trim() is { Length: > 0 } given ? given : "UTC", site.GetLeftPart(UriPartial.Authority), clock.Now());
        if (row is null) db.Add(row = new() { Mailbox = settings.Mailbox, Human = settings.Human, Zone = zone, Hour = settings.Hour, Site = address, At = now });
        (row.Mailbox, row.Human, row.Zone, row.Hour, row.Paused, row.Site, row.At) = (settings.Mailbox, settings.Human, zone, settings.Hour, settings.Paused, address, now);
        await db.SaveChangesAsync(ct);
        return [];
    }
}
