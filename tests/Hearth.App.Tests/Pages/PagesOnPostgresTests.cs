using System.Net;
using System.Reflection;
using Hearth.Governance;
using Microsoft.AspNetCore.Components;
using Npgsql;

namespace Hearth.App.Tests.Pages;

/// <summary>The embedded database never waits, so it hides parts of a page that read at the same time, or show themselves before they have read.</summary>
public sealed class PagesOnPostgresTests
{
    private static readonly string Server = Environment.GetEnvironmentVariable("HEARTH_TEST_POSTGRES") ?? "Host=127.0.0.1;Port=54329;Username=app;Database=postgres";

    /// <summary>Where nothing is: no such address, pages whose subject is not there, an answer that has no page of its own.</summary>
    private static readonly string[] Missing =
    [
        "/not-there", "/error/404", "/ideas/people/UNKNOWN", "/ideas/00000000-0000-7000-8000-000000000000", "/ideas/desk/00000000-0000-7000-8000-000000000000/merge", "/engage/00000000-0000-7000-8000-000000000000",
        "/fix/00000000-0000-7000-8000-000000000000", "/fix/changes/00000000-0000-7000-8000-000000000000", "/offer/00000000-0000-7000-8000-000000000000", "/outlet/00000000-0000-7000-8000-000000000000",
        "/listen/mentions/00000000-0000-7000-8000-000000000000", "/listen/queries/00000000-0000-7000-8000-000000000000", "/ideas/images/00000000-0000-7000-8000-000000000000", "/ideas/feed/unknown.rss",
        "/people/00000000-0000-7000-8000-000000000000", "/engage/rules/99999", "/engage/macros/00000000-0000-7000-8000-000000000000", "/engage/saved-replies/00000000-0000-7000-8000-000000000000",
        "/engage/service-levels/00000000-0000-7000-8000-000000000000", "/engage/service-levels/hours/00000000-0000-7000-8000-000000000000", "/rate/unknown", "/consent/unknown", "/said/unknown",
    ];

    [Fact]
    public async Task No_page_fails_on_a_database_that_takes_its_time()
    {
        var name = $"t{Guid.NewGuid():N}";
        await Admin($"CREATE DATABASE {name}");
        try
        {
            var wrong = new List<string>();
            await using (var server = await HearthServer.Start(postgres: new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20 }.ToString()))
            {
                using var owner = await server.SignedIn();
                using var member = await server.SignedIn(Role.Community);
                using var stranger = server.Visitor();
                var pages = typeof(Shared.Document).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).Where(t => !t.Contains('{')).ToList();
                Assert.True(pages.Count > 35, $"only {pages.Count} pages were found");
                foreach (var page in pages)
                {
                    foreach (var (who, as_) in new[] { (owner, "the owner"), (member, "a member"), (stranger, "a stranger") })
                    {
                        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
                        try
                        {
                            using var answer = await who.GetAsync(page, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                            if (answer.StatusCode >= HttpStatusCode.InternalServerError) wrong.Add($"{page} answers {(int)answer.StatusCode} to {as_}");
                        }
                        catch (OperationCanceledException)
                        {
                            wrong.Add($"{page} does not answer {as_}");
                        }
                    }
                }

                // Each again after all the others: what one left behind in the pool would spoil the next. Ten times, since what is sent too early is sent so now and then.
                foreach (var page in Enumerable.Repeat(Missing, 10).SelectMany(m => m))
                {
                    foreach (var (who, as_) in new[] { (owner, "the owner"), (stranger, "a stranger") })
                    {
                        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
                        try
                        {
                            using var answer = await who.GetAsync(page, limit.Token);
                            var signIn = answer.StatusCode == HttpStatusCode.Redirect;
                            if (!signIn && (answer.StatusCode != HttpStatusCode.NotFound || !(await answer.Content.ReadAsStringAsync(limit.Token)).Contains("</html>", StringComparison.Ordinal))) wrong.Add($"{page} answers {as_} {(int)answer.StatusCode}, {answer.Content.Headers.ContentLength} bytes");
                        }
                        catch (Exception fault) when (fault is OperationCanceledException or HttpRequestException)
                        {
                            wrong.Add($"{page} does not answer {as_}: {fault.Message}");
                        }
                    }
                }
            }

            NpgsqlConnection.ClearAllPools();
            Assert.Empty(wrong);
        }
        finally
        {
            await Admin($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }
    }

    private static async Task Admin(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
