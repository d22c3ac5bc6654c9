using System.Diagnostics;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.App.Demo;

/// <summary>What was loaded, and what the rooms call it.</summary>
internal sealed record DemoLoaded(DemoStory Story, TimeSpan Took, IReadOnlyDictionary<string, Outlet.OfferView> Offers, IReadOnlyDictionary<string, Operations.GapId> Gaps);

/// <summary>
/// Plays Emberly's four months through the rooms' public slices on a clock that is turned along. 1. People and catalogue. 2. Posts. 3. Conversations.
/// 4. Gaps. 5. Outlet, and delight. 6. Ideas. 7. What was read is looked at; the last person, whose account says that the story is complete.
/// </summary>
internal static class DemoLoader
{
    /// <summary>Whether a database holds the story.</summary>
    public enum State
    {
        Empty,
        Complete,

        /// <summary>Loading was interrupted; what is there cannot be told from what is missing.</summary>
        Half,

        /// <summary>Somebody else's data: the demo does not mix with it.</summary>
        Foreign,
    }

    private static DemoPerson Last => DemoBrand.Person("KW");

    public static async Task<State> Look(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var people = await scope.ServiceProvider.GetRequiredService<Staff>().Everybody(ct);
        return people.Count == 0 ? State.Empty
            : people.All(p => p.Email != DemoBrand.Staff[0].Email) ? State.Foreign
            : people.Any(p => p.Email == Last.Email && p.Active) ? State.Complete : State.Half;
    }

    /// <param name="at">A database of this version without data.</param>
    /// <param name="now">Where the story ends.</param>
    /// <param name="tell">Told what is being loaded.</param>
    /// <param name="ct">Stops; what is there then is half a story.</param>
    public static async Task<DemoLoaded> Load(DatabaseLocation at, DateTimeOffset now, Action<string> tell, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var story = new DemoStory(now);
        var begin = now.AddDays(-DemoPosts.Days - 1);
        await using var house = new DemoHouse(at, begin);

        // Step 1
        tell("people and products");
        var staff = await LoadStaff.Accounts(house, begin, DemoBrand.Staff.Where(p => p != Last), null, ct);
        await LoadStaff.Brand(house, begin, ct);
        await LoadPromises.Run(house, begin, ct);
        var catalog = await LoadStaff.Catalog(house, begin, ct);

        // Step 2
        tell($"{story.Truth.Posts:N0} posts");
        var talk = new LoadTalk(house, story, staff);
        await talk.Sources(begin, ct);
        await talk.Queries(begin, ct);
        await talk.Alerts(now.AddHours(-30), ct);
        await talk.Views(begin, ct);
        await talk.Posts(at => LoadRules.Run(house, at, staff["DO"], ct), ct);
        await LoadRules.People(house, now.AddDays(-1), staff, staff[DemoBrand.Staff[0].Initials], ct);
        await house.Settle(ct);

        // Step 3
        tell($"{story.Talks.Count:N0} conversations");
        await talk.Conversations(ct);
        await new LoadWriting(house, staff).Run(now.AddDays(-3), ct);

        // Step 4
        tell("gaps and their fixes");
        var gaps = new LoadGaps(house, story, staff, catalog, talk);
        await gaps.Run(ct);

        // Step 5
        tell("offers, clicks, claims and orders");
        var shop = new LoadShop(house, story, staff);
        await shop.Run(ct);
        await new LoadChannels(house, story, staff).Run(ct);

        await new LoadDelight(house, story, staff).Run(ct);
        await new LoadPeople(house, story, staff).Run(ct);

        // Step 6
        tell($"{story.Truth.Ideas} ideas and {story.Truth.Votes:N0} votes");
        await new LoadIdeas(house, story, staff).Run(ct);
        await new LoadBrought(house, story, staff).Run(ct);
        await new LoadInbox(house, story, staff).Run(ct);
        await new LoadStorms(house, story, staff).Run(ct);
        await house.Settle(ct);

        // Step 7
        await new LoadLabels(house, story, staff).Run(ct);
        await new LoadSpeaking(house, staff).Run(now.AddHours(-2), ct);
        await LoadStaff.Accounts(house, now.AddHours(-1), [Last], staff[DemoBrand.Staff[0].Initials], ct);
        await house.Settle(ct);
        return new(story, watch.Elapsed, shop.Offers, gaps.Gaps);
    }
}
