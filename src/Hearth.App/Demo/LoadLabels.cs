using Hearth.Governance;
using Hearth.Listening;
using Hearth.Listening.Understanding;
using Hearth.Listening.Understanding.Models;

namespace Hearth.App.Demo;

/// <summary>Emberly's people look at what was read, say where it was wrong, and so teach the reader: enough for it to learn by itself when the server runs.</summary>
internal sealed class LoadLabels(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff)
{
    private const int LookedAt = 3;

    /// <summary>Three pages of the latest mentions, confirmed where they were read rightly; praise and noise that were not are corrected.</summary>
    public async Task Run(CancellationToken ct)
    {
        var kinds = story.History.GroupBy(p => p.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Kind, StringComparer.Ordinal);
        string? after = null;
        for (var page = 0; page < LookedAt; page++)
        {
            var from = after;
            after = await house.In(story.Now.AddHours(-3), s => Look(s, kinds, from, ct));
            if (after is null) return;
        }
    }

    private async Task<string?> Look(IServiceProvider services, Dictionary<string, DemoKind> kinds, string? after, CancellationToken ct)
    {
        var (correct, confirm) = (services.GetRequiredService<CorrectMention>(), services.GetRequiredService<ConfirmMention>());
        var page = await services.GetRequiredService<ListMentions>().Run(new(), after, 100, ct);
        foreach (var mention in page!.Items.Where(m => !m.IsOwn && kinds.ContainsKey(m.ExternalId)))
        {
            var kind = kinds[mention.ExternalId];
            var said = kind switch { DemoKind.Complaint => Sentiment.Negative, DemoKind.Praise => Sentiment.Positive, _ => Sentiment.Neutral };
            if (mention.Sentiment == said) await confirm.Run(staff["DO"], mention.Id, ModelTask.Sentiment, ct);
            else if (kind is DemoKind.Praise or DemoKind.Noise) await correct.Run(staff["DO"], mention.Id, new Correction(said), ct);
        }

        return page.Next;
    }
}
