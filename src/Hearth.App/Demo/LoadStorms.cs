using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Storms;

namespace Hearth.App.Demo;

/// <summary>Two questions of the brand: one that is over and summed up, one that is open while somebody looks.</summary>
internal sealed class LoadStorms(DemoHouse house, DemoStory story, IReadOnlyDictionary<string, Actor> staff)
{
    private sealed record Answer(string Title, string Body, int Likes);

    private sealed record Question(string Text, string Body, string Category, string By, double OpensDaysAgo, double Days, params Answer[] Answers);

    private static readonly Question Over = new("What would make you repair a stove instead of buying a new one?",
        "We print this year's repair catalogue in October. **Tell us what stops you**: price, fear of gas, missing parts, time?", "repair", "PR", 62, 9,
        new("Videos by the people in the workshop", "Five minutes a part, filmed over the shoulder. I trust hands more than drawings.", 31),
        new("Sell the seal for two euros, not the kit for nineteen", "I need one ring. I do not need eight more and a pouch.", 44),
        new("A letter that says when it is not worth it", "Be honest: from which damage on should I stop?", 12),
        new("Mark every part with its number", "Then I can order the right one without a magnifying glass.", 27),
        new("Lend me the two special keys", "Nobody owns a 7 mm jet key. A deposit is fine.", 19));

    private static readonly Question Open = new("Your tent at night: what light is missing?",
        "We draw the next lantern this winter and have room for *one* new thing. Describe the moment, not the technology.", "light", "PR", 2.6, 7,
        new("A light that finds the zip", "It is dark, it rains, and the zip is somewhere. A glow on the pull would do.", 23),
        new("Reading light that does not wake the other one", "Narrow, warm, and mine alone.", 29),
        new("Something to hang high without a pole", "A magnet through the cloth?", 9),
        new("A light that says how much is left", "Four dots before it goes out, not after.", 16));

    private readonly Actor[] _people = [.. story.Ideas.People.Select(p => new Actor(UserId.New(), p.Name, p.Name[..1], null, Role.Community))];

    public async Task Run(CancellationToken ct)
    {
        var (over, open) = (StormId.New(), StormId.New());
        var ideas = Over.Answers.Select(_ => IdeaId.New()).ToArray();
        await house.Play([.. Acts(over, Over, ideas, ct), .. Acts(open, Open, [.. Open.Answers.Select(_ => IdeaId.New())], ct)], ct);
        await house.In(story.Now.AddDays(Over.Days + 3 - Over.OpensDaysAgo), async s =>
        {
            var summed = await s.GetRequiredService<SumUpStorm>().By(staff["PR"], over,
                "Price is not what stops you: it is **one missing ring** and the fear of doing it wrong. Thank you for being so exact; two of you sent photographs of magnifying glasses.",
                [new("Every seal and jet is sold alone, from two euros, from week 40", ideas[1]), new("Ten workshop films, one a part, until Christmas", ideas[0]), new("Part numbers are engraved on all new runs", ideas[3])], ct);
            return summed is SummedUp.Stands ? true : throw new DemoException($"The storm could not be summed up: {summed}.");
        });
    }

    private IEnumerable<DemoAct> Acts(StormId storm, Question question, IdeaId[] ideas, CancellationToken ct)
    {
        var random = new Random(question.Text.Length);
        var opens = story.Now.AddDays(-question.OpensDaysAgo);
        var until = opens.AddDays(question.Days) < story.Now ? opens.AddDays(question.Days) : story.Now;
        yield return new(opens, s => s.GetRequiredService<OpenStorm>().By(staff[question.By], storm, new(question.Text, question.Body, question.Category, opens, opens.AddDays(question.Days)), ct));
        foreach (var (i, answer) in question.Answers.Index())
        {
            var author = random.Next(_people.Length);
            var at = opens + (until - opens) * (0.1 + 0.12 * i);
            yield return new(at, s => s.GetRequiredService<PostIntoStorm>().By(_people[author], storm, ideas[i], answer.Title, answer.Body, ct));
            foreach (var voter in Enumerable.Range(0, _people.Length).Where(v => v != author).OrderBy(_ => random.Next()).Take(answer.Likes).ToList())
            {
                var when = at + (until - at) * (0.05 + 0.9 * random.NextDouble());
                yield return new(when, s => s.GetRequiredService<CastVote>().For(_people[voter], ideas[i], Stance.Promote, ct));
            }
        }
    }
}
