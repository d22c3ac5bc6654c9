using Hearth.Governance;
using Hearth.People;
using Hearth.People.Consent;
using Hearth.People.Merging;

namespace Hearth.App.Demo;

/// <summary>Accounts on two networks that show the same site or address, for somebody to decide, and what some people agreed to.</summary>
internal sealed class LoadPeople(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff)
{
    private const int Pairs = 4;

    public async Task Run(CancellationToken ct) => await house.In(story.Now.AddHours(-3), async s =>
    {
        var cards = (await s.GetRequiredService<ListPeople>().Of(null, null, null, 300, ct))!.Items;
        var networks = cards.GroupBy(c => c.Identities[0].Network).OrderByDescending(g => g.Count()).Take(2).Select(g => g.ToList()).ToList();
        if (networks.Count < 2) return false;
        var signs = networks[0].Zip(networks[1]).Take(Pairs).SelectMany((pair, n) =>
        {
            var word = new string([.. (pair.First.Handle ?? "somebody").ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);
            var sign = n % 2 == 0 ? new Sign(SignKind.Site, word + ".example", "verified link on its profile") : new Sign(SignKind.Mail, word + "@post.example", "written on its profile");
            return new[] { Seen(pair.First, sign), Seen(pair.Second, sign) };
        }).ToList();
        await s.GetRequiredService<KeepSigns>().Add(signs, ct);
        var consents = s.GetRequiredService<Consents>();
        foreach (var card in cards.Take(3))
        {
            await consents.Note(card.Id, new(ConsentPurpose.Marketing, Consents.Any, true, ConsentHow.Form, "Tell me of offers for fire places and stoves, at most once a month.", "form \"Autumn fair\", stand 12"), staff["IC"].Name, ct);
        }

        await consents.Note(cards[0].Id, new(ConsentPurpose.Research, Consents.Any, false, ConsentHow.Message, null), staff["IC"].Name, ct);
        return true;
    });

    private static SeenSign Seen(PersonCard card, Sign sign) => new(card.Identities[0].Network, card.Identities[0].ExternalId, sign);
}
