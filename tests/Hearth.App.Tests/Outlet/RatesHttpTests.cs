using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Governance;
using Hearth.Learning;
using Hearth.Platform;

namespace Hearth.App.Tests.Outlet;

public partial class RatesHttpTests
{
    [Fact]
    public async Task Rates_come_in_by_the_api_and_the_report_stands_in_one_currency()
    {
        await using var server = await HearthServer.Start();
        using var shop = await server.Program("orders", "write", "read");
        using var lead = await server.SignedIn(Role.Lead);
        foreach (var path in new[] { "earnings/together", "earnings/together.csv", "credits/together", "channels/together", "channels/together.csv" })
        {
            var none = await shop.GetAsync("/api/v1/learn/" + path);
            Assert.Equal(HttpStatusCode.Conflict, none.StatusCode);
            Assert.Contains("/problems/no-reporting-currency", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await shop.PutAsJsonAsync("/api/v1/learn/reporting-currency", new { currency = "EUR" })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await lead.Submit("/learn/rates", "currency", [("Input.Currency", "EUR")])).StatusCode);
        Assert.Equal("EUR", (await shop.GetFromJsonAsync<JsonElement>("/api/v1/learn/reporting-currency"))[0].GetProperty("currency").GetString());

        foreach (var (order, currency, amount) in new[] { ("A1", "EUR", "10.00"), ("A2", "USD", "10.00"), ("A3", "NOK", "3400.00") })
        {
            var told = await shop.PostAsJsonAsync("/api/v1/conversions", new { order, placedAt = "2026-08-30T12:00:00Z", currency, lines = new[] { new { sku = "MUG", quantity = 1, amount } } });
            Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        }

        await server.Settle();
        var bad = await Send(shop, "Date,USD,NOK,\n2026-08-28,1.25,N/A,\n2026-08-27,abc,N/A,\n");
        Assert.Equal((0, 1, 3), (bad.Kept, bad.Rejected, bad.Errors[0].Line));
        Assert.StartsWith("USD must be a number", bad.Errors[0].Reason, StringComparison.Ordinal);
        Assert.Empty((await shop.GetFromJsonAsync<Page<RateView>>("/api/v1/learn/rates", Json.Options))!.Items);
        Assert.Equal(1, (await Send(shop, "Date,USD,NOK,\n2026-08-28,1.25,N/A,\n")).Kept);
        using (var wrong = new StringContent("a,b\n1,2\n", Encoding.UTF8, "text/csv")) Assert.Equal(HttpStatusCode.BadRequest, (await shop.PostAsync("/api/v1/learn/rates", wrong)).StatusCode);

        const string Days = "from=2026-08-01&to=2026-08-31";
        var report = (await shop.GetFromJsonAsync<EarningsTogether>($"/api/v1/learn/earnings/together?{Days}", Json.Options))!;
        Assert.Equal((1800, 2), (Assert.Single(report.Report.Totals).All.Minor, report.Report.Totals[0].Orders));
        Assert.Equal(new Money(340000, "NOK"), Assert.Single(report.WithoutRate).Money);
        var behind = (await shop.GetFromJsonAsync<Page<CreditTogether>>($"/api/v1/learn/credits/together?{Days}", Json.Options))!.Items;
        Assert.Equal((1800, new DateOnly(2026, 8, 28), 0.8m), (behind.Sum(b => b.Money!.Value.Minor), behind.Single(b => b.Number == "A2").Rate!.Day, behind.Single(b => b.Number == "A2").Rate!.Rate));
        Assert.Equal("A3", Assert.Single((await shop.GetFromJsonAsync<Page<CreditTogether>>($"/api/v1/learn/credits/together?{Days}&withoutRate=true", Json.Options))!.Items).Number);
        Assert.Contains(",no rate from 2026-08-30 to 2026-08-30,,,,,,,NOK,1,,,,3400.00,,", await shop.GetStringAsync($"/api/v1/learn/earnings/together.csv?{Days}"), StringComparison.Ordinal);

        var page = await lead.GetStringAsync($"/learn?{Days}&together=true");
        Assert.Contains("18.00 EUR", page, StringComparison.Ordinal);
        Assert.Contains("1 order, 3,400.00 NOK", page, StringComparison.Ordinal);
        Assert.DoesNotContain("10.00 USD", page, StringComparison.Ordinal);
        Assert.Contains("10.00 USD", await lead.GetStringAsync($"/learn?{Days}"), StringComparison.Ordinal);
        Assert.Contains("3,400.00 NOK", await lead.GetStringAsync($"/learn/together?{Days}&withoutRate=true"), StringComparison.Ordinal);
        Assert.Contains("2026-08-28", await lead.GetStringAsync($"/learn/together?{Days}&kind=Unattributed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rates_come_in_by_the_page_which_says_what_changed()
    {
        await using var server = await HearthServer.Start();
        using var agent = await server.SignedIn(Role.Agent);
        using var viewer = await server.SignedIn(Role.Viewer);
        Assert.Contains("1 rate new, 0 changed, 0 as before", await Upload(agent, "day,base,quote,rate\n2026-08-28,EUR,USD,1.25\n"), StringComparison.Ordinal);
        Assert.Contains("2026-08-28, EUR in USD: was 1.25, is 1.30", await Upload(agent, "day,base,quote,rate\n2026-08-28,EUR,USD,1.3\n"), StringComparison.Ordinal);
        Assert.Contains("Line 2: quote must be three letters", await Upload(agent, "day,base,quote,rate\n2026-08-28,EUR,US,1.3\n"), StringComparison.Ordinal);
        Assert.Contains("neither the columns", await Upload(agent, "a,b\n1,2\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("Import rates", await viewer.GetStringAsync("/learn/rates"), StringComparison.Ordinal);
        Assert.Single((await server.With<ReadRates, Page<RateView>?>(s => s.List(null, null, null, null, default)))!.Items);
    }

    private static async Task<RatesReport> Send(HttpClient shop, string file)
    {
        using var content = new StringContent(file, Encoding.UTF8, "text/csv");
        var answer = await shop.PostAsync("/api/v1/learn/rates", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<RatesReport>(Json.Options))!;
    }

    private static async Task<string> Upload(HttpClient visitor, string file)
    {
        var html = await visitor.GetStringAsync("/learn/rates");
        using var content = new MultipartFormDataContent
        {
            { new StringContent("import"), "_handler" }, { new StringContent(Token().Match(html).Groups[1].Value), "__af" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "File", "rates.csv" },
        };
        return WebUtility.HtmlDecode(await (await visitor.PostAsync("/learn/rates", content)).Content.ReadAsStringAsync());
    }

    [GeneratedRegex("name=\"__af\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
