using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.Governance;
using Hearth.Ideas;
using Hearth.Ideas.Likeness.Ranking;

namespace Hearth.App.Tests.Ideas;

public sealed class LikenessPagesTests
{
    [Fact]
    public async Task Who_is_asked_whether_it_is_one_of_these_says_so_and_is_led_there_and_staff_keep_two_apart_without_a_script()
    {
        await using var server = await HearthServer.Start();
        var (author, lead) = (await server.Somebody(Role.Community), await server.Somebody(Role.Lead, Department.Product, "Priya Nair"));
        var (one, other) = (IdeaId.New(), IdeaId.New());
        await server.With<PostIdea, PostedIdea>(p => p.By(author, one, new("A lid that locks", "So that nothing spills.", "general"), default));
        await server.With<PostIdea, PostedIdea>(p => p.By(author, other, new("A lid that locks tight", "So that nothing spills.", "general"), default));

        using var member = await server.SignedIn(author);
        var chosen = await member.Submit("/ideas/new", "idea", [("Input.Title", "A lid that locks"), ("Input.Chosen", one.Value.ToString())]);
        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        Assert.EndsWith($"/ideas/{one.Value}", chosen.Headers.Location?.OriginalString, StringComparison.Ordinal);

        using var desk = await server.SignedIn(lead);
        var page = $"/ideas/desk/{one.Value}";
        Assert.Contains("Not the same: A lid that locks tight", await desk.GetStringAsync(page));
        Assert.Equal(HttpStatusCode.Redirect, (await desk.Submit(page, "unlike", [("Other", other.Value.ToString())])).StatusCode);
        Assert.DoesNotContain("Not the same", await desk.GetStringAsync(page));

        Assert.Equal(new SaidCount(0, 1, 1), await server.With<LikenessRankers, SaidCount>(r => r.Said(default)));
        var rankers = await desk.GetFromJsonAsync<JsonElement>("/api/v1/ideas/like/rankers");
        Assert.Equal((1, 1, 0), (rankers.GetProperty("said").GetProperty("choices").GetInt32(), rankers.GetProperty("said").GetProperty("refusals").GetInt32(), rankers.GetProperty("rankers").GetArrayLength()));
        Assert.Equal(HttpStatusCode.NoContent, (await desk.DeleteAsync($"/api/v1/ideas/{other.Value}/unlike/{one.Value}")).StatusCode);
        Assert.Contains("Not the same: A lid that locks tight", await desk.GetStringAsync(page));
        Assert.Contains("Suggested merges", await desk.GetStringAsync("/ideas/desk/likeness"));
    }
}
