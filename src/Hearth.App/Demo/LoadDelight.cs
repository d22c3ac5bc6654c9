using Hearth.Governance;
using Hearth.Operations.Delight;
using Hearth.Operations.FireGuard;
using Hearth.People;
using Hearth.Platform;

namespace Hearth.App.Demo;

/// <summary>Cards for people who had a hard week with Emberly, half of them left out by chance, and a fire guard that is set a little lower for the season.</summary>
internal sealed class LoadDelight(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff)
{
    private const int Days = 75;

    public async Task Run(CancellationToken ct)
    {
        var begin = story.Now.AddDays(-Days);
        var draft = new DelightDraft("A card after a hard week", Gesture.Note, "A hand-written card and a packet of matches, posted to people we have kept waiting.", Department.Care,
            new Money(220_00, DemoBrand.Currency), new Money(4_20, DemoBrand.Currency), PerDay: 3);
        var program = await house.In(begin, async s => await s.GetRequiredService<StartDelight>().With(draft, staff["DO"], ct) is DelightStart.Done done ? done.Program : throw new DemoException("The programme of delight was refused."));
        var wronged = story.Talks.Where(t => t.Post.Cause is not null && t.Steps.Count > 0 && t.Post.At > begin && t.Post.At < story.Now.AddDays(-2)).DistinctBy(t => t.Post.Author.Handle).Where((_, n) => n % 2 == 0).ToList();
        await house.Play(wronged.Select(t => new DemoAct(t.Post.At.AddHours(20), s => Choose(s, program, t.Post, ct))), ct);
        await house.In(story.Now.AddDays(-3), async s => (await s.GetRequiredService<GuardRule>().Set(new(8, "The camping season ends: what breaks now is remembered all winter."), staff["PR"], ct)).Count == 0 ? true : throw new DemoException("The fire guard was not set."));
    }

    private async Task Choose(IServiceProvider s, DelightId program, DemoPost post, CancellationToken ct)
    {
        var people = s.GetRequiredService<ReadPeople>();
        var named = (await people.Of([.. (await people.WithHandle(post.Author.Handle, ct)).OfType<PersonId>()], ct)).Values.FirstOrDefault(p => p.Handle == post.Author.Handle);
        if (named is null) return;
        var outcome = await s.GetRequiredService<ChooseForDelight>().For(program, named.Id, staff["IC"], ct);
        if (outcome == Choosing.Chosen && post.At < story.Now.AddDays(-5)) await s.GetRequiredService<CloseDelight>().As(program, named.Id, done: true, staff["TH"], ct);
    }
}
