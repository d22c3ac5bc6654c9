using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.App.Tests;

public sealed class FrontDoorTests
{
    [Fact]
    public async Task A_stranger_is_led_to_sign_in_and_a_program_is_told()
    {
        await using var server = await HearthServer.Start();
        using var stranger = server.Visitor();

        var page = await stranger.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal("/sign-in?to=%2F", page.Headers.Location!.PathAndQuery);

        var api = await stranger.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        Assert.Equal("application/problem+json", api.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/not-there")]
    [InlineData("/ideas/not-there")]
    public async Task An_address_where_nothing_is_says_so(string path)
    {
        await using var server = await HearthServer.Start();
        using var stranger = server.Visitor();

        var page = await stranger.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("<h1>Nothing is here</h1>", await page.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("POST", "/api/v1/queries", """{"name":5,"text":"x"}""", "name", "wrong type")]
    [InlineData("POST", "/api/v1/queries", """{"name":""", "name", "is not JSON at line 1")]
    [InlineData("POST", "/api/v1/queries", "null", "body", "must be a JSON object")]
    [InlineData("POST", "/api/v1/gaps", "{}", "gap", "is missing")]
    [InlineData("POST", "/api/v1/offers", """{"units":1}""", "title", "is missing")]
    [InlineData("POST", "/api/v1/offers", """{"title":null}""", "title", "must not be null")]
    [InlineData("POST", "/api/v1/conversions", """{"order":"1","placedAt":"2026-01-01T00:00:00Z","lines":[null]}""", "lines[0]", "must be an object")]
    [InlineData("POST", "/api/v1/stock", """{"rows":[null]}""", "rows", "each must be an object")]
    [InlineData("GET", "/api/v1/gaps?stage=zz", null, "stage", "must be one of proposed, open, ")]
    [InlineData("GET", "/api/v1/mentions?size=many", null, "size", "must be a whole number")]
    [InlineData("GET", "/api/v1/learn/earnings?from=x", null, "from", "must be a day like")]
    public async Task A_wrong_request_is_told_which_field_and_why(string method, string path, string? body, string field, string reason)
    {
        await using var server = await HearthServer.Start();
        using var program = await server.Program("read", "write", "orders", "stock");

        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : new StringContent(body, null, "application/json") };
        var answer = await program.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var said = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty(field)[0].GetString();
        Assert.Contains(reason, said);
    }

    [Fact]
    public async Task A_key_is_told_which_scope_it_lacks()
    {
        await using var server = await HearthServer.Start();
        using var program = await server.Program("read");

        var scope = await program.PostAsJsonAsync("/api/v1/queries", new { name = "a", text = "b" });
        Assert.Equal(HttpStatusCode.Forbidden, scope.StatusCode);
        Assert.Contains("the scope write", (await scope.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
        Assert.Contains("the role owner", await (await program.GetAsync("/api/v1/keys")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_owner_link_makes_one_owner_and_then_no_more()
    {
        await using var server = await HearthServer.Start();
        var link = await server.With<SignInLinks, string?>(s => s.ForFirstOwner(default));
        using var visitor = server.Visitor();
        (string, string)[] who = [("Input.Name", "Ada Lovelace"), ("Input.Initials", "al"), ("Input.Email", "Ada@Example.org"), ("Input.Password", "analytical engine")];

        var refused = await visitor.Submit(link!, "welcome", [.. who[..3], ("Input.Password", "short")]);
        Assert.Contains("Must have 10 to 200 characters", await refused.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.Submit(link!, "welcome", who)).StatusCode);
        var me = await visitor.GetFromJsonAsync<Me>("/api/v1/me", Json.Options);
        Assert.Equal(("Ada Lovelace", "AL", Role.Owner), (me!.Name, me.Initials, me.Role));
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(link)).StatusCode);
        Assert.Null(await server.With<SignInLinks, string?>(s => s.ForFirstOwner(default)));
    }

    [Fact]
    public async Task A_password_signs_in_and_five_wrong_ones_lock()
    {
        await using var server = await HearthServer.Start();
        var ada = await server.Somebody();
        var email = (await server.With<Staff, StaffMember?>(s => s.Find(ada.Id)))!.Email;
        using var visitor = server.Visitor();

        Task<HttpResponseMessage> Try(string password) => visitor.Submit("/sign-in?to=/council", "sign-in", [("Input.Email", email), ("Input.Password", password)]);
        var right = await Try("a long enough password");
        Assert.Equal("/council", right.Headers.Location!.AbsolutePath);

        for (var i = 0; i < SignIn.Tries; i++) Assert.Contains("wrong", await (await Try("not this one")).Content.ReadAsStringAsync());
        Assert.Contains("Too many wrong tries", await (await Try("a long enough password")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Signing_in_never_leads_to_another_site()
    {
        await using var server = await HearthServer.Start();
        var ada = await server.Somebody();
        var email = (await server.With<Staff, StaffMember?>(s => s.Find(ada.Id)))!.Email;
        foreach (var elsewhere in (string[])["//evil.example", "https://evil.example", "/\\evil.example", "/%09/evil.example"])
        {
            using var visitor = server.Visitor();
            var answer = await visitor.Submit("/sign-in?to=" + Uri.EscapeDataString(elsewhere), "sign-in", [("Input.Email", email), ("Input.Password", "a long enough password")]);
            Assert.Equal(server.Address.Host, new Uri(server.Address, answer.Headers.Location!).Host);
        }
    }

    [Theory]
    [InlineData("/outlet", HttpStatusCode.OK)]
    [InlineData("/ideas", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/l/nothing", HttpStatusCode.NotFound)]
    public async Task A_page_answers_a_look_at_its_head_without_a_body(string page, HttpStatusCode expected)
    {
        await using var server = await HearthServer.Start();
        using var watcher = server.Visitor();
        using var answer = await watcher.SendAsync(new(HttpMethod.Head, page));
        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var server = await HearthServer.Start();
        using var visitor = server.Visitor();
        using var form = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Input.Email", "a@example.org"), new("Input.Password", "x")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/sign-in", form)).StatusCode);
    }

    [Fact]
    public async Task A_foreign_page_cannot_write_through_the_api_with_the_visitors_cookie()
    {
        await using var server = await HearthServer.Start();
        using var owner = await server.SignedIn();
        var body = new KeyBody("mine", ["read"]);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/v1/keys") { Content = JsonContent.Create(body), Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.SendAsync(foreign)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await owner.PostAsJsonAsync("/api/v1/keys", body)).StatusCode);
    }

    [Fact]
    public async Task A_key_may_what_its_scopes_say_and_nothing_once_revoked()
    {
        await using var server = await HearthServer.Start();
        var owner = await server.Somebody();
        var made = (KeyOutcome.Made)await server.With<Keys, KeyOutcome>(k => k.Make(owner, "reader", ["read"], default));
        using var program = new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", made.Secret) } };

        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/api/v1/keys")).StatusCode);
        using var writer = await server.Program("write");
        Assert.Equal(HttpStatusCode.Forbidden, (await writer.GetAsync("/api/v1/me")).StatusCode);

        Assert.True(await server.With<Keys, bool>(k => k.Revoke(owner, made.Key, default)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task The_public_may_write_only_so_often()
    {
        await using var server = await HearthServer.Start(s => s with { Limits = new() { SignInsPerMinute = 3 } });
        using var visitor = server.Visitor();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++) answers.Add((await visitor.Submit("/sign-in", "sign-in", [("Input.Email", "nobody@example.org"), ("Input.Password", "whatever it is")])).StatusCode);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Health_says_what_is_wrong()
    {
        await using var server = await HearthServer.Start();
        using var visitor = server.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/live")).StatusCode);
        var ready = await visitor.GetFromJsonAsync<JsonElement>("/health/ready");
        Assert.Equal("ready", ready.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_description_of_the_api_names_every_address_and_its_fields()
    {
        await using var server = await HearthServer.Start();
        using var visitor = server.Visitor();
        var document = await visitor.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var record = document.GetProperty("paths").GetProperty("/api/v1/record").GetProperty("get");
        Assert.StartsWith("Every recorded fact", record.GetProperty("summary").GetString());
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal("uuid", schemas.GetProperty("UserId").GetProperty("format").GetString());
        Assert.StartsWith("False while an invitation is open", schemas.GetProperty("StaffMember").GetProperty("properties").GetProperty("active").GetProperty("description").GetString());
    }
}
