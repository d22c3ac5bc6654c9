using System.Net;
using Hearth.Platform;
using Hearth.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearth.Tests.Platform;

public class SafeHttpTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("2002:a00:1::", true)]
    [InlineData("93.184.215.14", false)]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c", false)]
    public void An_address_that_only_means_something_inside_a_network_is_private(string address, bool expected) =>
        Assert.Equal(expected, SafeHttp.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://{0}/")]
    [InlineData("http://localhost:{1}/")] // by name, refused after resolution
    [InlineData("http://2130706433:{1}/")] // 127.0.0.1 as one number
    public async Task A_private_address_is_refused_and_never_reached(string address)
    {
        var reached = 0;
        await using var server = await Serve(app => app.MapGet("/", () => { Interlocked.Increment(ref reached); return "inside"; }));
        var http = Client(_ => { });
        var uri = string.Format(address, server.Host, server.Host.Split(':')[1]);
        await IsRefused(http.GetStringAsync(uri));
        Assert.Equal(0, reached);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_refused()
    {
        var reached = 0;
        await using var secret = await Serve(app => app.MapGet("/", () => { Interlocked.Increment(ref reached); return "secret"; }));
        await using var open = await Serve(app => app.MapGet("/", () => Results.Redirect($"http://{secret.Host}/")));
        var http = Client(o => o.AllowPrivate.Add(open.Host));
        await IsRefused(http.GetStringAsync($"http://{open.Host}/"));
        Assert.Equal(0, reached);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off_at_the_limit()
    {
        await using var server = await Serve(app => app.MapGet("/", async (HttpContext c) =>
        {
            var block = new byte[65536];
            while (!c.RequestAborted.IsCancellationRequested) await c.Response.Body.WriteAsync(block, c.RequestAborted);
        }));
        var http = Client(o => { o.AllowPrivate.Add(server.Host); o.MaxBytes = 1 << 20; });
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync($"http://{server.Host}/"));
    }

    [Fact]
    public async Task A_silent_server_is_left_after_the_time_limit()
    {
        await using var server = await Serve(app => app.MapGet("/", async (HttpContext c) => await Task.Delay(Timeout.Infinite, c.RequestAborted)));
        var http = Client(o => { o.AllowPrivate.Add(server.Host); o.Timeout = TimeSpan.FromMilliseconds(300); });
        await Assert.ThrowsAsync<TaskCanceledException>(() => http.GetStringAsync($"http://{server.Host}/"));
    }

    [Fact]
    public void Retry_after_is_read_in_seconds_and_as_a_date_and_is_at_most_a_day()
    {
        var now = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        Assert.Null(response.RetryAt(now));
        response.Headers.RetryAfter = new(TimeSpan.FromSeconds(90));
        Assert.Equal(now.AddSeconds(90), response.RetryAt(now));
        response.Headers.RetryAfter = new(now.AddHours(2));
        Assert.Equal(now.AddHours(2), response.RetryAt(now));
        response.Headers.RetryAfter = new(TimeSpan.FromDays(400));
        Assert.Equal(now.AddDays(1), response.RetryAt(now));
    }

    private static HttpClient Client(Action<SafeHttpOptions> configure) => new ServiceCollection().AddSafeHttp().Configure(configure)
        .BuildServiceProvider().GetRequiredService<IHttpClientFactory>().Outside();

    private static async Task IsRefused(Task request)
    {
        var error = await Assert.ThrowsAnyAsync<HttpRequestException>(() => request);
        Assert.True((error as UnsafeRequestException ?? error.InnerException) is UnsafeRequestException, error.ToString());
    }

    private sealed record Server(WebApplication App, string Host) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    private static async Task<Server> Serve(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        map(app);
        await app.StartAsync();
        return new(app, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Authority);
    }
}
