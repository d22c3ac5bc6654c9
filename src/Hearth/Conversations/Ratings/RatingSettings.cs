using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Ratings;

/// <summary>Whether and how people are asked what they thought of it.</summary>
/// <param name="Enabled">False to ask nobody.</param>
/// <param name="Text">What is said in the channel, with {link} where the link goes; 10 to 200 characters.</param>
/// <param name="DelayMinutes">How long after the closing, 0 to 10,080.</param>
/// <param name="QuietDays">A person who was asked is left alone so long, 1 to 730.</param>
public sealed record RatingPolicy(bool Enabled, string? Text, int DelayMinutes = 60, int QuietDays = 90);

/// <summary>The brand's way of asking for a rating.</summary>
public sealed class RatingSettings(Database db)
{
    public const string DefaultText = "Did that help you? One question, one tap: {link}";

    public async Task<RatingPolicy> Read(CancellationToken ct) =>
        await db.Set<RatingSettingsRow>().AsNoTracking().SingleOrDefaultAsync(ct) is { } row ? new(row.Enabled, row.Text, row.DelayMinutes, row.QuietDays) : new(false, DefaultText);

    /// <param name="policy">What shall count.</param>
    /// <param name="home">The address of this server, for the link.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>What is wrong; empty when it was kept.</returns>
    public Task<IReadOnlyList<FieldError>> Put(RatingPolicy policy, string home, CancellationToken ct) => db.InTransaction<IReadOnlyList<FieldError>>(async () =>
    {
        var errors = new List<FieldError>();
        var text = (policy.Text ?? "").Trim();
        if (text.Length is < 10 or > 200 || !text.Contains("{link}", StringComparison.Ordinal)) errors.Add(new("text", "must have 10 to 200 characters and {link} among them"));
        if (policy.DelayMinutes is < 0 or > 10_080) errors.Add(new("delayMinutes", "must be 0 to 10,080"));
        if (policy.QuietDays is < 1 or > 730) errors.Add(new("quietDays", "must be 1 to 730"));
        if (errors.Count > 0) return errors;
        var row = await db.Set<RatingSettingsRow>().SingleOrDefaultAsync(ct);
        if (row is null) db.Add(row = new() { Id = 1, Text = text, Home = home });
        (row.Enabled, row.Text, row.DelayMinutes, row.QuietDays, row.Home) = (policy.Enabled, text, policy.DelayMinutes, policy.QuietDays, home);
        await db.SaveChangesAsync(ct);
        return [];
    }, ct);
}
