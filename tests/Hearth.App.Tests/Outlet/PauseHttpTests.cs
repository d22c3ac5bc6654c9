using System.Net;
using System.Net.Http.Json;
using Hearth.Governance;
using Hearth.Outlet;

namespace Hearth.App.Tests.Outlet;

public sealed class PauseHttpTests
{
    [Fact]
    public async Task Staff_pause_and_resume_on_the_page_and_by_program_and_people_read_it()
    {
        await using var server = await HearthServer.Start();
        var offer = await OutletHttpTests.Offer(server);
        using var staff = await server.SignedIn(Role.Agent);
        using var stranger = server.Visitor();
        using var program = await server.Program("write", "read");
        var (desk, page) = ($"/offer/{offer.Id.Value}", "/outlet/" + offer.Slug);

        Assert.Contains("Must have 1 to 300 characters", await (await staff.Submit(desk, "pause", [("Holding.Reason", " ")])).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(desk, "pause", [("Holding.Reason", "A part may be recalled.")])).StatusCode);
        Assert.Contains("A part may be recalled.", await staff.GetStringAsync(desk), StringComparison.Ordinal);
        var html = await stranger.GetStringAsync(page);
        Assert.Contains("<h2>Paused</h2>", html, StringComparison.Ordinal);
        Assert.Contains("schema.org/OutOfStock", html, StringComparison.Ordinal);
        Assert.DoesNotContain("recalled", html, StringComparison.Ordinal);
        Assert.DoesNotContain(offer.Slug, await stranger.GetStringAsync("/outlet"), StringComparison.Ordinal);
        using (var held = await stranger.PostAsJsonAsync($"/api/v1/outlet/{offer.Slug}/holds", new { contact = "fan@example.org", visitor = Guid.NewGuid() }))
        {
            Assert.Contains("The offer is paused", await held.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(desk, "resume", [])).StatusCode);
        Assert.Contains(offer.Slug, await stranger.GetStringAsync("/outlet"), StringComparison.Ordinal);
        using (var bad = await program.PostAsJsonAsync($"/api/v1/offers/{offer.Id.Value}/pause", new { reason = "" })) Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        using (var paused = await program.PostAsJsonAsync($"/api/v1/offers/{offer.Id.Value}/pause", new { reason = "Why." })) Assert.Equal(HttpStatusCode.OK, paused.StatusCode);
        using (var resumed = await program.PostAsync($"/api/v1/offers/{offer.Id.Value}/resume", null)) Assert.Contains("open", await resumed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var again = await program.PostAsync($"/api/v1/offers/{offer.Id.Value}/resume", null)) Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }
}
