using Hearth.Channels;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using static Microsoft.AspNetCore.Http.TypedResults;

namespace Hearth.Publishing;

internal static class SlotsApi
{
    /// <summary>The slots of a week.</summary>
    /// <param name="Zone">IANA name of the time zone whose clock they mean ("Europe/Berlin").</param>
    /// <param name="Slots">At most 100; none for no queue.</param>
    /// <param name="Version">The one that you saw; 0 for the first.</param>
    internal sealed record SlotsBody(string? Zone, IReadOnlyList<WeekSlot>? Slots, int Version);

    internal static void Map(IEndpointRouteBuilder api)
    {
        var slots = api.MapGroup("/accounts/{account:guid}/slots").WithTags("Publishing");
        slots.MapGet("", (Guid account, Slots read, CancellationToken ct) => read.Of(new ChannelAccountId(account), ct)).RequireAuthorization("read").WithName("readSlots").WithSummary("The weekly slots of an account");
        slots.MapPut("", async Task<Results<Ok<SlotPlan>, ProblemHttpResult>> (Guid account, SlotsBody body, Slots write, HttpContext http, CancellationToken ct) =>
            await write.Set(new(account), body.Zone, body.Slots, body.Version, http.Actor(), ct) switch
            {
                SlotChange.Done done => Ok(done.Plan),
                SlotChange.Invalid invalid => Problems.Invalid(invalid.Errors),
                SlotChange.Meanwhile m => Problems.Refused("changed-meanwhile", $"Somebody changed them; they are at version {m.Version}."),
                _ => Problems.Unknown("account"),
            }).RequireAuthorization("write").WithName("setSlots").WithSummary("Sets the weekly slots of an account, if nobody has since the given version; posts that have their time keep it");
        api.MapGet("/accounts/{account:guid}/best-hours", async Task<Results<Ok<BestHoursView>, ProblemHttpResult>> (Guid account, string? zone, BestHours read, ChannelAccounts accounts, CancellationToken ct) =>
            await accounts.Find(new(account), ct) is null ? Problems.Unknown("account")
                : await read.Of(new(account), zone ?? "UTC", ct) is { } view ? Ok(view) : Problems.Invalid("zone", "must be a time zone like Europe/Berlin"))
            .RequireAuthorization("read").WithTags("Publishing").WithName("readBestHours").WithSummary("When the account's own posts were answered, liked and shared most");
        api.MapGet("/calendar", async Task<Results<Ok<PostCalendar>, ProblemHttpResult>> (DateTimeOffset from, DateTimeOffset to, Guid? account, ReadCalendar read, CancellationToken ct) =>
            to <= from || to - from > ReadCalendar.Longest ? Problems.Invalid("to", $"must be after from, by at most {ReadCalendar.Longest.Days} days")
                : Ok(await read.Between(from, to, account is { } id ? new ChannelAccountId(id) : null, ct)))
            .RequireAuthorization("read").WithTags("Publishing").WithName("readCalendar").WithSummary("The posts of a span by the time they went or are to go, and the slots that are free in it");
    }
}
