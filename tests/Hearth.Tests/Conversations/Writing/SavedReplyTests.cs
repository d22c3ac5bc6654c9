using Hearth.Catalog;
using Hearth.Conversations;
using Hearth.Conversations.Writing;
using Hearth.Platform;
using Hearth.Publishing;

namespace Hearth.Tests.Conversations.Writing;

public class SavedReplyTests
{
    private static readonly Dictionary<string, string?> Sorry = new()
    {
        ["en"] = "Hi {first|there}, sorry about the {product|trouble}. {agent} of {brand|our team}, case {number}",
        ["de"] = "Hallo {first|du}, das tut mir leid. {agent}",
    };

    [Theory, EveryDatabase]
    public async Task A_saved_reply_speaks_the_persons_language_and_knows_their_name_and_product(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        await house.With<Products, (CatalogOutcome, ProductId)>(p => p.Add(new("HF-1", "Hush flask"), default));
        await house.With<DisclosurePolicy>(d => d.Set("Emberly", null, default));
        var talk = await Talk.In(house);
        var reply = Assert.IsType<KeptSavedReply.Done>(await house.With<SavedReplies, KeptSavedReply>(s => s.Add(new("Sorry", "en", Sorry), Talk.Ada, default))).Reply;

        var ann = await talk.Of(await talk.Says("ann Lee", "The lid of my Hush flask is broken and I am very sad about it"));
        var filled = (await house.With<FillSavedReply, FilledReply?>(f => f.For(reply.Id, ann.Id, Talk.Ada, default)))!;
        Assert.Equal(($"Hi ann, sorry about the Hush flask. Ada Brandt of Emberly, case {ann.Number}", "en"), (filled.Text, filled.Language));
        Assert.Empty(filled.Missing);

        var uwe = await talk.Of(await talk.Says("uwe", "Der Deckel meiner Flasche ist schon wieder kaputt, das darf doch nicht wahr sein"));
        filled = (await house.With<FillSavedReply, FilledReply?>(f => f.For(reply.Id, uwe.Id, null, default)))!;
        Assert.Equal(("Hallo uwe, das tut mir leid. {agent}", "de"), (filled.Text, filled.Language));
        Assert.Equal(["agent"], filled.Missing); // a rule prepares it: nobody knows yet who will answer
        Assert.Null(await house.With<FillSavedReply, FilledReply?>(f => f.For(SavedReplyId.New(), ann.Id, Talk.Ada, default)));
        Assert.Null(await house.With<FillSavedReply, FilledReply?>(f => f.For(reply.Id, ConversationId.New(), Talk.Ada, default)));
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_filled_in_is_refused_by_name_when_it_is_kept_and_when_it_is_sent(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var talk = await Talk.In(house);
        var wrong = Assert.IsType<KeptSavedReply.Invalid>(await house.With<SavedReplies, KeptSavedReply>(s => s.Add(new("x", "en", new Dictionary<string, string?> { ["en"] = "Hi {nmae}" }), Talk.Ada, default)));
        Assert.Contains("{nmae} is no variable", Assert.Single(wrong.Errors).Reason);

        var ann = await talk.Of(await talk.Says("ann", "Help"));
        Assert.Equal(["product"], Assert.IsType<Reply.Unfilled>(await talk.Reply(ann, "About your {product}", Talk.Ada)).Names);
        Assert.IsType<Reply.ByHand>(await talk.Reply(ann, "Type {x: 1} and it works", Talk.Ada)); // braces are not forbidden
    }

    [Theory, EveryDatabase]
    public async Task A_saved_reply_is_changed_and_thrown_away_and_its_title_is_its_own(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        Task<KeptSavedReply> Add(string title, string? language, params (string, string?)[] texts) =>
            house.With<SavedReplies, KeptSavedReply>(s => s.Add(new(title, language, texts.ToDictionary(t => t.Item1, t => t.Item2)), Talk.Ada, default));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Add("Where is it?", null, ("EN", "On its way")))));
        var kept = Assert.Single(outcomes.OfType<KeptSavedReply.Done>()).Reply;
        Assert.Equal("en", kept.DefaultLanguage);
        Assert.Equal("is another saved reply's", Assert.Single(Assert.IsType<KeptSavedReply.Invalid>(await Add("where IS it?", "en", ("en", "x"))).Errors).Reason);
        Assert.IsType<KeptSavedReply.Invalid>(await Add("", "en", ("en", "x")));
        Assert.IsType<KeptSavedReply.Invalid>(await Add("no default", "de", ("en", "x")));
        Assert.IsType<KeptSavedReply.Invalid>(await Add("no language", "en", ("english!", "x")));
        Assert.IsType<KeptSavedReply.Invalid>(await Add("no text", "en", ("en", " ")));
        Assert.IsType<KeptSavedReply.Invalid>(await Add("nothing", "en"));

        var changed = await house.With<SavedReplies, KeptSavedReply>(s => s.Change(kept.Id, new("Where is it?", "pt-br", new Dictionary<string, string?> { ["pt-br"] = "Já vai" }), Talk.Ben, default));
        Assert.Equal(("Já vai", "Ben Costa"), (Assert.IsType<KeptSavedReply.Done>(changed).Reply.Texts["pt-BR"], ((KeptSavedReply.Done)changed).Reply.By));
        Assert.Equal("pt-BR", ((KeptSavedReply.Done)changed).Reply.LanguageFor("pt"));
        Assert.True(await house.With<SavedReplies, bool>(s => s.Remove(kept.Id, default)));
        Assert.IsType<KeptSavedReply.Unknown>(await house.With<SavedReplies, KeptSavedReply>(s => s.Change(kept.Id, new("a", "en", new Dictionary<string, string?> { ["en"] = "b" }), Talk.Ben, default)));
        Assert.Empty(await house.With<SavedReplies, IReadOnlyList<SavedReplyView>>(s => s.All(default)));
    }
}
