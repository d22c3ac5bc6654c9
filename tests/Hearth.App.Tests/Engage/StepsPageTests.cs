using System.Net;
using System.Text.RegularExpressions;
using Hearth.Conversations;
using Hearth.Governance;
using Hearth.Listening;
using Hearth.Platform;

namespace Hearth.App.Tests.Engage;

public sealed partial class StepsPageTests
{
    [Fact]
    public async Task What_is_done_with_ticked_rows_is_told_and_taken_back_by_the_button_beside()
    {
        await using var server = await HearthServer.Start();
        var (one, two, three) = (await Said(server, "ann", "Where is it?"), await Said(server, "bob", "And mine?"), await Said(server, "cyd", "Hello"));
        using var ada = await server.SignedIn(await server.Somebody(Role.Agent));
        const string page = "/engage?view=all&order=pressing";

        Assert.Equal(HttpStatusCode.Redirect, (await ada.Submit(page, "bulk", [("Many.Ids", $"{one.Value}"), ("Many.Ids", $"{two.Value}"), ("Many.All", "false"), ("Many.What", "priority:Urgent")])).StatusCode);
        var html = await ada.GetStringAsync(page);

        Assert.Contains("Done with 2 conversations.", html);
        Assert.Equal([ConversationPriority.Urgent, ConversationPriority.Urgent, ConversationPriority.None], await Priorities(server, one, two, three));
        var batch = Batch().Match(html).Groups[1].Value;
        var undone = await ada.Submit("/engage/undo", "undo", [("Taken.Batch", batch), ("Taken.Back", page)]);
        Assert.Equal((HttpStatusCode.Redirect, true), (undone.StatusCode, undone.Headers.Location!.OriginalString.EndsWith(page, StringComparison.Ordinal)));
        Assert.Contains("Taken back: 2 steps.", await ada.GetStringAsync(page));
        Assert.Equal([ConversationPriority.None, ConversationPriority.None, ConversationPriority.None], await Priorities(server, one, two, three));

        await ada.Submit(page, "bulk", [("Many.All", "true"), ("Many.What", "label:"), ("Many.Label", "Late")]);
        Assert.Contains("Done with 3 conversations.", await ada.GetStringAsync("/engage?view=all&label=late"));
    }

    [Fact]
    public async Task A_view_that_was_kept_has_an_address_of_its_own_and_is_others_only_when_shared()
    {
        await using var server = await HearthServer.Start();
        using var ada = await server.SignedIn(await server.Somebody(Role.Agent));
        using var ben = await server.SignedIn(await server.Somebody(Role.Agent));
        await ada.Submit("/engage?view=all&priority=urgent", "keep-filter", [("View.Name", "Fires"), ("View.Shared", "true")]);
        await ada.Submit("/engage?view=closed", "keep-filter", [("View.Name", "My done")]);

        var html = await ben.GetStringAsync("/engage");
        Assert.DoesNotContain("My done", html);
        var address = Regex.Match(html, "/engage/views/[0-9a-f-]+").Value;
        Assert.EndsWith("/engage?view=all&priority=urgent", (await ben.GetAsync(address)).Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.GetAsync($"/engage/views/{Guid.NewGuid()}")).StatusCode);
    }

    [Fact]
    public async Task A_conversation_is_snoozed_put_aside_merged_and_split_on_its_page()
    {
        await using var server = await HearthServer.Start();
        var (one, two) = (await Said(server, "ann", "Where is it?"), await Said(server, "ann", "Where is it, again?"));
        using var ada = await server.SignedIn(await server.Somebody(Role.Agent));
        var page = $"/engage/{one.Value}?view=all";

        foreach (var (form, fields) in new (string, (string, string)[])[]
        {
            ("priority", [("Press.Priority", "Watch")]), ("snooze", [("Sleep.Time", "reply")]), ("wake", []), ("spam", []), ("spam", []), ("block", []), ("merge", [("Target.Number", "No. 2")]),
        })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await ada.Submit(page, form, fields)).StatusCode);
        }

        var merged = (await server.With<ReadConversation, ConversationView?>(r => r.Of(two, default)))!;
        Assert.Equal(["Where is it?", "Where is it, again?"], merged.Timeline.Where(t => t.Kind == EntryKind.Mention).Select(t => t.Text));
        Assert.Contains("another conversation", await ada.GetStringAsync(page));
        Assert.Equal(HttpStatusCode.Redirect, (await ada.Submit($"/engage/{two.Value}", "split", [("Part.Positions", $"{merged.Timeline.First(t => t.Text == "Where is it?").Position}")])).StatusCode);
        Assert.Contains("Put it back", await ada.GetStringAsync($"/engage/{two.Value}"));
    }

    private static async Task<ConversationPriority[]> Priorities(HearthServer server, params ConversationId[] ids)
    {
        var found = new List<ConversationPriority>();
        foreach (var id in ids) found.Add((await server.With<ReadConversation, ConversationView?>(r => r.Of(id, default)))!.Priority);
        return [.. found];
    }

    private static async Task<ConversationId> Said(HearthServer server, string author, string text)
    {
        var source = await server.With<Sources, SourceId>(s => s.ForFile("posts", default));
        var id = Guid.NewGuid().ToString("N");
        await server.With<ReceiveMentions, Received>(r => r.Run(source, [new(id, text, DateTimeOffset.UnixEpoch.AddYears(56), new(author, author, author), null, "en")], new Receiving(Engage: true), default));
        await server.Settle();
        return (await server.With<ListConversations, Page<InboxRow>?>(l => l.Of(new(InboxView.All), null, 50, default)))!.Items.Single(r => r.Preview == text).Id;
    }

    [GeneratedRegex("name=\"Taken.Batch\" value=\"([^\"]+)\"")]
    private static partial Regex Batch();
}
