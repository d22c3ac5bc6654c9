using Hearth.Governance;
using Hearth.Listening;
using Hearth.People;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Operations.Delight;

/// <summary>Somebody for a programme.</summary>
/// <param name="Person">Who.</param>
public sealed record DelightWish(PersonId Person);

/// <summary>Whether a programme rests.</summary>
/// <param name="Paused">True to choose nobody.</param>
public sealed record DelightPause(bool Paused);

/// <summary>What became of a gesture.</summary>
/// <param name="Done">False when it could not be made.</param>
public sealed record DelightClose(bool Done);

/// <summary>What chance said.</summary>
/// <param name="HeldOut">True when they are left out to measure against: nothing is to be done.</param>
public sealed record DelightDrawn(bool HeldOut);

internal static class DelightModule
{
    public static IServiceCollection AddDelight(this IServiceCollection services) => services
        .AddScoped<StartDelight>().AddScoped<ChooseForDelight>().AddScoped<CloseDelight>().AddScoped<ReadDelight>()
        .AddSubscriber<MentionHeard, DelightByRule>("operations.delight");

    public static void MapDelight(this IEndpointRouteBuilder api)
    {
        var delight = api.MapGroup("/delight").WithTags("Operations");
        delight.MapGet("/", async Task<Ok<IReadOnlyList<DelightLine>>> (ReadDelight read, CancellationToken ct) => TypedResults.Ok(await read.All(ct)))
            .WithName("listDelight").WithSummary("Programmes of small gestures, newest first").RequireAuthorization(Access.Read);
        delight.MapPost("/", async Task<Results<Created<DelightLine>, ProblemHttpResult>> (DelightDraft body, StartDelight start, ReadDelight read, HttpContext http, CancellationToken ct) => await start.With(body, http.Actor(), ct) switch
            {
                DelightStart.Done done => TypedResults.Created($"/api/v1/delight/{done.Program.Value}", (await read.Of(done.Program, ct))!.Line),
                DelightStart.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => Problems.Unknown("programme"),
            })
            .WithName("startDelight").WithSummary("Begin a programme under a budget, with a hold-out drawn from a recorded seed").RequireAuthorization(Access.Lead);
        delight.MapGet("/{id:guid}", async Task<Results<Ok<DelightView>, ProblemHttpResult>> (Guid id, ReadDelight read, CancellationToken ct) =>
                await read.Of(DelightId.From(id), ct) is { } view ? TypedResults.Ok(view) : Problems.Unknown("programme"))
            .WithName("getDelight").WithSummary("A programme, who was chosen, and its uplift against the hold-out").RequireAuthorization(Access.Read);
        delight.MapPut("/{id:guid}/paused", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, DelightPause body, StartDelight start, CancellationToken ct) =>
                await start.Pause(DelightId.From(id), body.Paused, ct) ? TypedResults.NoContent() : Problems.Unknown("programme"))
            .WithName("pauseDelight").WithSummary("Choose nobody for a while, or go on").RequireAuthorization(Access.Lead);
        delight.MapPost("/{id:guid}/people", async Task<Results<Ok<DelightDrawn>, ProblemHttpResult>> (Guid id, DelightWish body, ChooseForDelight choose, HttpContext http, CancellationToken ct) => await choose.For(DelightId.From(id), body.Person, http.Actor(), ct) switch
            {
                Choosing.Chosen => TypedResults.Ok(new DelightDrawn(false)),
                Choosing.HeldOut => TypedResults.Ok(new DelightDrawn(true)),
                Choosing.UnknownProgram => Problems.Unknown("programme"),
                Choosing.UnknownPerson => Problems.Unknown("person"),
                var refused => Problems.Refused(Kebab(refused), refused.Sentence()),
            })
            .WithName("chooseForDelight").WithSummary("Wish somebody a gesture; chance says whether they get it or are held out").RequireAuthorization(Access.Write);
        delight.MapPost("/{id:guid}/people/{person:guid}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, Guid person, DelightClose body, CloseDelight close, HttpContext http, CancellationToken ct) =>
                await close.As(DelightId.From(id), PersonId.From(person), body.Done, http.Actor(), ct) ? TypedResults.NoContent() : Problems.Unknown("waiting gesture"))
            .WithName("closeDelight").WithSummary("Say that a gesture was made, or could not be").RequireAuthorization(Access.Write);
    }

    private static string Kebab(Choosing refused) => refused switch { Choosing.ChosenBefore => "chosen-before", Choosing.ChosenLately => "chosen-lately", Choosing.DayFull => "day-full", Choosing.BudgetSpent => "budget-spent", Choosing.OptedOut => "opted-out", _ => "paused" };
}

/// <summary>Outcomes in words.</summary>
public static class DelightWords
{
    /// <summary>What to tell who wished it.</summary>
    public static string Sentence(this Choosing outcome) => outcome switch
    {
        Choosing.Chosen => "Chance says yes: make the gesture, and tell nobody.",
        Choosing.HeldOut => "Chance leaves them out, to measure against: do nothing.",
        Choosing.ChosenBefore => "They were chosen in this programme before; nobody is tried twice.",
        Choosing.ChosenLately => "Another programme chose them within the last 90 days.",
        Choosing.DayFull => "Enough people were chosen today (UTC).",
        Choosing.BudgetSpent => "The next gesture does not fit the budget.",
        Choosing.OptedOut => "They do not want to hear from us unasked.",
        Choosing.Paused => "The programme rests.",
        Choosing.UnknownPerson => "There is no such person.",
        _ => "There is no such programme.",
    };
}
