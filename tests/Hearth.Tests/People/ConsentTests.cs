using Hearth.People;
using Hearth.People.Consent;
using Hearth.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.People;

public class ConsentTests
{
    private static readonly ConsentDraft Yes = new(ConsentPurpose.Marketing, "email", true, ConsentHow.Form, "Send me offers once a month.", "form 12, 2026-09-01");
    private static readonly ConsentDraft No = new(ConsentPurpose.Marketing, null, false, ConsentHow.Message, null);

    private static Task<bool> May(TestHouse house, PersonId person, ConsentPurpose purpose, string channel) => house.With<Consents, bool>(c => c.May(person, purpose, channel, default));

    private static Task<ConsentNoted> Note(TestHouse house, PersonId person, ConsentDraft draft) => house.With<Consents, ConsentNoted>(c => c.Note(person, draft, "Ada", default));

    [Theory, EveryDatabase]
    public async Task Offers_go_only_to_who_said_yes_and_only_where(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ann = await house.Seen("email", "ann@x.example");

        Assert.False(await May(house, ann, ConsentPurpose.Marketing, "email"));
        Assert.True(await May(house, ann, ConsentPurpose.Service, "email"));
        Assert.IsType<ConsentNoted.Done>(await Note(house, ann, Yes));
        Assert.True(await May(house, ann, ConsentPurpose.Marketing, "email"));
        Assert.False(await May(house, ann, ConsentPurpose.Marketing, "bluesky"));
        Assert.False(await May(house, ann, ConsentPurpose.Research, "email"));

        house.Clock.Advance(TimeSpan.FromDays(1));
        Assert.IsType<ConsentNoted.Done>(await Note(house, ann, No));
        Assert.False(await May(house, ann, ConsentPurpose.Marketing, "email"));
        var kept = await house.With<Consents, IReadOnlyList<ConsentView>>(c => c.Of(ann, default));
        Assert.Equal([(false, "any", "Ada"), (true, "email", "Ada")], kept.Select(k => (k.Given, k.Channel, k.By)));
        Assert.Equal(("Send me offers once a month.", "form 12, 2026-09-01", ConsentHow.Form), (kept[1].Text, kept[1].Proof, kept[1].How));
    }

    [Theory, EveryDatabase]
    public async Task A_no_of_either_holds_for_both_and_stays_with_both_when_parted(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (a, b) = (await house.Seen("email", "ann@x.example"), await house.Seen("bluesky", "ann"));
        await Note(house, a, Yes);
        await house.Merge(a, b);
        Assert.True(await May(house, b, ConsentPurpose.Marketing, "email"));

        house.Clock.Advance(TimeSpan.FromDays(1));
        await Note(house, b, No);
        Assert.False(await May(house, a, ConsentPurpose.Marketing, "email"));
        await house.Part(b);
        Assert.False(await May(house, a, ConsentPurpose.Marketing, "email"));
        Assert.False(await May(house, b, ConsentPurpose.Marketing, "email"));
    }

    [Theory, EveryDatabase]
    public async Task A_yes_without_words_or_proof_is_none(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ann = await house.Seen("email", "ann@x.example");

        var refused = Assert.IsType<ConsentNoted.Invalid>(await Note(house, ann, Yes with { Text = " ", Proof = null }));

        Assert.Equal(["text", "proof"], refused.Errors.Select(e => e.Field));
        Assert.IsType<ConsentNoted.Unknown>(await Note(house, PersonId.New(), Yes));
    }

    [Fact]
    public async Task The_address_of_the_page_that_takes_it_back_opens_for_that_person_alone()
    {
        await using var house = await TestHouse.Create(DatabaseKind.Sqlite);
        var (links, ann) = (house.Services.GetRequiredService<ConsentLinks>(), PersonId.New());

        var token = links.PathFor(ann)["/consent/".Length..];

        Assert.Equal(ann, links.Read(token));
        Assert.Null(links.Read(token[..^4] + "AAAA"));
        Assert.Null(links.Read("nonsense"));
    }
}
