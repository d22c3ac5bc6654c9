using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Governance;
using Microsoft.Playwright;

namespace Hearth.App.Tests;

/// <summary>One Chromium for all browser tests; each test opens windows of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    private static readonly string Axe = Path.Combine(AppContext.BaseDirectory, "axe.min.js");
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000); // a busy machine is no fault of the page
        var program = Environment.GetEnvironmentVariable("HEARTH_TEST_CHROMIUM") ?? "/usr/bin/chromium";
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Headless = true, Args = Flags });
    }

    /// <summary>A window on <paramref name="server"/>, signed in as <paramref name="actor"/> unless that is null.</summary>
    /// <param name="width">In CSS pixels: 1440 is a desk, 390 a phone.</param>
    /// <param name="scripts">False for a browser that runs no JavaScript.</param>
    public async Task<IPage> Open(HearthServer server, Actor? actor = null, int width = 1440, bool dark = false, bool scripts = true)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = server.Address.ToString(), ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce, BypassCSP = false, JavaScriptEnabled = scripts,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000); // as above
        if (actor is null) return page;
        await page.GotoAsync(await server.With<SignInLinks, string>(s => s.Create(actor.Id)));
        await page.ClickAsync("main button[type=submit]");
        await Arrived(page, "^(?!.*/sign-in/)");
        return page;
    }

    /// <summary>Waits until the page's address matches <paramref name="pattern"/> and the page there has loaded.</summary>
    /// <remarks>Playwright's own waiting for an address looks at the load state before it listens for it: a load that ends in between is never noticed.</remarks>
    public static async Task Arrived(IPage page, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 60_000 });
        await Loaded(page);
    }

    /// <summary>Waits until the page has loaded.</summary>
    public static Task Loaded(IPage page) => page.WaitForFunctionAsync("() => document.readyState === 'complete'", null, new() { PollingInterval = 50 });

    /// <summary>What axe finds on the page now: one line a violation with the element it is on; empty when there is none (WCAG 2.2 A and AA, and best practices).</summary>
    public static async Task<IReadOnlyList<string>> Violations(IPage page)
    {
        // Evaluated, not added as a script element: the page's content security policy stands.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Axe) + "; null");
        var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`))");
        return [.. found.EnumerateArray().Select(v => v.GetString()!)];
    }

    /// <summary>Presses Tab until the focus is on what <paramref name="selector"/> names; it must be seen there.</summary>
    public static async Task TabTo(IPage page, string selector)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (!await page.EvaluateAsync<bool>("s => document.activeElement.matches(s)", selector)) continue;
            Assert.NotEqual("none", await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
            return;
        }

        Assert.Fail($"60 times Tab does not lead to {selector}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>Tests that use a <see cref="Browser"/> share it and run one after the other: <c>[Collection("browser")]</c>.</summary>
[CollectionDefinition("browser")]
public sealed class BrowserCollection : ICollectionFixture<Browser>;
