using System.Net;
using System.Text.RegularExpressions;
using Hearth.App.Hosting;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.App.Tests;

/// <summary>The real server in this process, on a free port, with an embedded database in a folder of its own that is gone when disposed.</summary>
public sealed partial class HearthServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DatabaseLocation _at;

    static HearthServer() => Environment.SetEnvironmentVariable("HEARTH_LOG_LEVEL", "Error");

    private HearthServer(WebApplication app, DatabaseLocation at) => (_app, _at) = (app, at);

    public Uri Address => new(_app.Urls.First()); // where it listens, whatever address people know it by

    public IServiceProvider Services => _app.Services;

    /// <param name="change">Changes what the server is told at start (limits, private hosts, replaced services).</param>
    /// <param name="load">Fills the database before the server starts.</param>
    /// <param name="postgres">A connection to an empty database of PostgreSQL, instead of the embedded one.</param>
    public static async Task<HearthServer> Start(Func<HostSettings, HostSettings>? change = null, Func<DatabaseLocation, Task>? load = null, string? postgres = null)
    {
        var at = DatabaseLocation.Of(Directory.CreateTempSubdirectory("hearth-app-").FullName, postgres);
        var settings = new HostSettings(at, ["http://127.0.0.1:0"]) { AnnounceOwnerLink = false };
        var app = await HearthHost.Build(change?.Invoke(settings) ?? settings, default);
        if (load is not null) await load(at);
        await app.StartAsync();
        return new(app, at);
    }

    /// <summary>Calls a slice in a scope of its own.</summary>
    public async Task<T> With<TSlice, T>(Func<TSlice, Task<T>> use) where TSlice : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TSlice>());
    }

    /// <inheritdoc cref="With{TSlice, T}"/>
    public Task With<TSlice>(Func<TSlice, Task> use) where TSlice : notnull => With<TSlice, object?>(async slice => { await use(slice); return null; });

    /// <summary>Hands on all facts until nothing is left to do now.</summary>
    public async Task Settle()
    {
        var facts = Services.GetRequiredService<FactDispatcher>();
        while (await facts.Drain(default) > 0) { }
    }

    /// <summary>A visitor with a cookie jar, who is not signed in. Redirects are not followed.</summary>
    public HttpClient Visitor() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseCookies = true }) { BaseAddress = Address };

    /// <summary>Somebody of the brand (or, as <see cref="Role.Community"/>, of the public) with an account of their own.</summary>
    public async Task<Actor> Somebody(Role role = Role.Owner, Department department = Department.Care, string name = "Ada Lovelace")
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        if (role == Role.Community) return ((SignUpOutcome.Opened)await With<SignUp, SignUpOutcome>(s => s.Run(name, email, "a long enough password", default))).Actor;
        var founder = new Actor(UserId.New(), "Founder", "F", null, Role.Owner);
        var invited = (StaffOutcome.Invited)await With<ManageStaff, StaffOutcome>(s => s.Invite(founder, name, email, department, role, default));
        var secret = invited.Link.Split('/')[^1];
        return ((WelcomeOutcome.Opened)await With<Welcome, WelcomeOutcome>(s => s.Accept(secret, new(name, "AL", email, "a long enough password"), default))).Actor;
    }

    /// <summary>A visitor who has signed in as somebody new with the role.</summary>
    public async Task<HttpClient> SignedIn(Role role = Role.Owner, Department department = Department.Care) => await SignedIn(await Somebody(role, department));

    public async Task<HttpClient> SignedIn(Actor actor)
    {
        var visitor = Visitor();
        var path = new Uri(Address, await With<SignInLinks, string>(s => s.Create(actor.Id))).PathAndQuery; // whatever address people know this server by
        var answer = await visitor.Submit(path, "link", []);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    /// <summary>A program with an API key.</summary>
    public async Task<HttpClient> Program(params string[] scopes)
    {
        var owner = await Somebody();
        var made = (KeyOutcome.Made)await With<Keys, KeyOutcome>(s => s.Make(owner, "test", scopes, default));
        return new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new("Bearer", made.Secret) } };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_at.DataDirectory, recursive: true);
    }
}

public static partial class Forms
{
    /// <summary>Opens a page, fills in one of its forms and sends it as a browser would.</summary>
    /// <param name="form">The form's <c>@formname</c>.</param>
    public static async Task<HttpResponseMessage> Submit(this HttpClient visitor, string page, string form, IEnumerable<(string Name, string Value)> fields)
    {
        var html = await visitor.GetStringAsync(page);
        var body = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(new("_handler", form)).Append(new("__af", Token().Match(html).Groups[1].Value));
        using var content = new FormUrlEncodedContent(body);
        return await visitor.PostAsync(page, content);
    }

    [GeneratedRegex("name=\"__af\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
