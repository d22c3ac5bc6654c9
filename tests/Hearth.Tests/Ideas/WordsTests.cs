using Hearth.Catalog;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Talk;
using Hearth.Ideas.Words;
using Hearth.Ideas.Words.Pictures;
using Hearth.Platform;
using Hearth.Ideas.Telling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Ideas;

public class WordsTests
{
    private static readonly Actor Ana = IdeasHouse.Somebody();
    private static readonly IdeaTemplate Template = new("A lid that *locks*.", "Everybody with a pack.", "My book got wet.");

    [Theory, EveryDatabase]
    public async Task The_three_answers_are_kept_apart_and_found_together(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await Post(house, new("A lid that locks", "", "general", Template));

        var view = await View(house, idea);
        Assert.Equal(Template, view.Words.Template);
        Assert.Equal("A lid that *locks*.\n\n**For whom:** Everybody with a pack.\n\n**Why:** My book got wet.", view.Body);
        Assert.Equal([idea], (await house.List(new(IdeaOrder.New, Search: "packs wet"))).Select(l => l.Id));
        Assert.Null((await View(house, await house.Post("An idea in one piece"))).Words.Template);
        var refused = Assert.IsType<PostedIdea.Invalid>(await Try(house, new("A lid that locks", "", "general", new("Lid", new string('x', 1_501), new string('y', 2_001)), [ProductId.New()], null, IdeaId.New())));
        Assert.Equal(["what", "forWhom", "why", "products", "buildsOn"], refused.Errors.Select(e => e.Field));
    }

    [Theory, EveryDatabase]
    public async Task What_an_idea_said_before_stays_open_and_only_its_author_changes_it(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var idea = await Post(house, new("A lid that locks", "", "general", Template));
        var next = new IdeaDraft("A lid that locks twice", "", "general", Template with { Why = "My map got wet." });
        Task<EditedIdea> Edit(Actor by, int seen, IdeaDraft draft) => house.With<EditIdea, EditedIdea>(e => e.To(by, idea, seen, draft, default));

        Assert.IsType<EditedIdea.NotYours>(await Edit(IdeasHouse.Somebody(), 0, next));
        Assert.Equal("title", Assert.IsType<EditedIdea.Invalid>(await Edit(Ana, 0, next with { Title = "Hm" })).Errors.Single().Field);
        house.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, Assert.IsType<EditedIdea.Stands>(await Edit(Ana, 0, next)).Edits);
        Assert.Equal(1, Assert.IsType<EditedIdea.EditedMeanwhile>(await Edit(Ana, 0, next with { Title = "Something else" })).Edits);
        Assert.Equal(1, Assert.IsType<EditedIdea.Stands>(await Edit(Ana, 1, next)).Edits); // the same words again are no change

        var view = await View(house, idea);
        Assert.Equal(("A lid that locks twice", "My map got wet.", 1), (view.Line.Title, view.Words.Template!.Why, view.Words.Edits));
        Assert.Equal(view.Line.At.AddHours(2), view.Words.EditedAt);
        var earlier = Assert.Single(await house.With<ReadWords, IReadOnlyList<EarlierText>>(r => r.Earlier(idea, default)));
        Assert.Equal((0, "A lid that locks", view.Line.At), (earlier.Version, earlier.Title, earlier.At));
        Assert.Contains("My book got wet.", earlier.Body);
        Assert.Equal([idea], (await house.List(new(IdeaOrder.New, Search: "map twice"))).Select(l => l.Id));
        await house.Move(idea, IdeaStatus.Submitted, IdeaStatus.Implemented);
        Assert.IsType<EditedIdea.Resting>(await Edit(Ana, 1, next with { Title = "A lid of gold" }));
        Assert.IsType<EditedIdea.UnknownIdea>(await house.With<EditIdea, EditedIdea>(e => e.To(Ana, IdeaId.New(), 0, next, default)));
    }

    [Theory, EveryDatabase]
    public async Task An_idea_that_builds_on_another_is_linked_both_ways(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var ben = IdeasHouse.Somebody("Ben Holm");
        var (lid, other) = (await house.Post("A lid that locks", by: ben), await house.Post("A louder whistle"));
        var (small, liked) = (await Post(house, new("A lid for the small flask", "Please make it fit.", "general", BuildsOn: lid)), await Post(house, new("A lid in red", "Easier to find.", "general", BuildsOn: lid)));
        await house.Vote(liked);

        Assert.Equal(lid, (await View(house, small)).Words.BuildsOn!.Id);
        Assert.Equal([(liked, 10), (small, 0)], (await View(house, lid)).Words.Extensions.Select(e => (e.Id, e.Points)));
        Assert.Empty((await View(house, other)).Words.Extensions);
        var told = await house.In(s => s.GetRequiredService<Database>().IdeaNotices.Where(n => n.User == ben.Id).Select(n => n.Text).ToListAsync());
        Assert.Equal(["Ana Fox built on your idea “A lid that locks”: A lid for the small flask", "Ana Fox built on your idea “A lid that locks”: A lid in red"], told.Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Products_are_picked_from_the_catalogue_and_may_be_picked_anew(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (flask, stove) = (await Product(house, "Hush flask"), await Product(house, "Trailfire stove"));
        var draft = new IdeaDraft("A lid that locks", "", "general", Template, [stove, flask, flask]);
        var idea = await Post(house, draft);

        Assert.Equal(["Hush flask", "Trailfire stove"], (await View(house, idea)).Words.Products.Select(p => p.Name));
        Assert.IsType<EditedIdea.Stands>(await house.With<EditIdea, EditedIdea>(e => e.To(Ana, idea, 0, draft with { Products = [flask] }, default)));
        Assert.Equal(["Hush flask"], (await View(house, idea)).Words.Products.Select(p => p.Name));
        Assert.Equal("products", Assert.IsType<PostedIdea.Invalid>(await Try(house, draft with { Products = [.. Enumerable.Repeat(flask, 6)] })).Errors.Single().Field);
    }

    [Theory, EveryDatabase]
    public async Task A_picture_waits_for_its_owners_idea_and_is_then_for_everybody(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var (mine, theirs) = (await Bring(house, Ana), await Bring(house, IdeasHouse.Somebody()));
        Task<ImageFile?> See(IdeaImageId image, UserId? reader) => house.With<ShowImage, ImageFile?>(s => s.To(reader, image, default));
        Assert.Null(await See(mine, null));
        Assert.NotNull(await See(mine, Ana.Id));

        var idea = await Post(house, new("A lid that locks", "", "general", Template, Images: [mine, theirs]));

        Assert.Equal([(mine, "My flask, open")], (await View(house, idea)).Words.Images.Select(i => (i.Id, i.Alt)));
        Assert.Equal("image/png", (await See(mine, null))!.MediaType);
        Assert.Null(await See(theirs, Ana.Id));
        house.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await house.With<ShowImage, int>(s => s.ForgetWaiting(default)));
        Assert.NotNull(await See(mine, null));
        await house.With<EditIdea, EditedIdea>(e => e.To(Ana, idea, 0, new("A lid that locks", "", "general", Template), default));
        Assert.Null(await See(mine, Ana.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_picture_too_large_without_words_or_that_is_none_is_named(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        async Task<string> Refused(byte[] bytes, string alt = "My flask") =>
            string.Join(' ', Assert.IsType<BroughtImage.Invalid>(await house.With<BringImage, BroughtImage>(b => b.By(Ana, bytes, alt, default))).Errors.Select(e => e.Field + ": " + e.Reason));

        Assert.StartsWith("alt:", await Refused(Image(8, 8), " "));
        Assert.Contains("PNG, JPEG, WebP or GIF", await Refused("<svg/>"u8.ToArray()));
        Assert.Contains("25 million", await Refused(Image(9_000, 9_000)));
        Assert.Contains("10,000 a side", await Refused(Image(10_001, 1)));
        Assert.Contains("5 MB", await Refused(new byte[BringImage.MaxBytes + 1]));
        for (var i = 0; i < 15; i++) await Bring(house, Ana);
        Assert.Equal(12, await house.In(s => s.GetRequiredService<Database>().IdeaImages.CountAsync()));
    }

    private static byte[] Image(int width, int height) =>
    [
        .. Png.Magic, .. PictureTests.Chunk("IHDR", [(byte)(width >> 24), (byte)(width >> 16), (byte)(width >> 8), (byte)width, 0, 0, (byte)(height >> 8), (byte)height, 8, 6, 0, 0, 0]),
        .. PictureTests.Chunk("IDAT", [1]), .. PictureTests.Chunk("IEND", []),
    ];

    private static async Task<IdeaImageId> Bring(TestHouse house, Actor by)
    {
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        return Assert.IsType<BroughtImage.Stands>(await house.With<BringImage, BroughtImage>(b => b.By(by, Image(8, 6), "My flask, open", default))).Image.Id;
    }

    private static async Task<ProductId> Product(TestHouse house, string name) => (await house.With<Products, (CatalogOutcome Outcome, ProductId Id)>(p => p.Add(new(null, name), default))).Id;

    private static Task<PostedIdea> Try(TestHouse house, IdeaDraft draft) => house.With<PostIdea, PostedIdea>(p => p.By(Ana, IdeaId.New(), draft, default));

    private static async Task<IdeaId> Post(TestHouse house, IdeaDraft draft) => Assert.IsType<PostedIdea.Stands>(await Try(house, draft)).Idea;

    private static async Task<IdeaView> View(TestHouse house, IdeaId idea) => (await house.With<ReadIdea, IdeaView?>(r => r.Of(idea, null, default)))!;
}
