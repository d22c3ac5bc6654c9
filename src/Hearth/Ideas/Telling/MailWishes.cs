using System.Security.Cryptography;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Ideas.Telling;

/// <summary>How often somebody gets news of ideas by mail.</summary>
/// <param name="Every">never (unless they said otherwise), daily or weekly.</param>
/// <param name="Address">Where it goes; null when the account has no mailbox.</param>
/// <param name="Confirmed">False until somebody followed a link that was sent there: nothing is sent before.</param>
public sealed record MailWish(MailRhythm Every, string? Address, bool Confirmed);

/// <summary>Keeps who wants mail. Nobody gets any without having said so, and every mail carries an address that ends it at once, without signing in.</summary>
public sealed class MailWishes(Database db, Mailboxes mailboxes, TimeProvider clock)
{
    public async Task<MailWish> Of(UserId account, CancellationToken ct)
    {
        var every = await db.IdeaMailWishes.AsNoTracking().Where(w => w.User == account).Select(w => w.Every).SingleOrDefaultAsync(ct);
        var mailbox = await mailboxes.Of(account, ct);
        return new(every, mailbox?.Address, mailbox?.Confirmed ?? false);
    }

    /// <summary>Keeps how often an account wants mail; what happened before is not sent.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="every">How often.</param>
    /// <param name="home">The address of this server, for links.</param>
    /// <param name="ct">Stops waiting.</param>
    public Task Set(UserId account, MailRhythm every, string home, CancellationToken ct) => db.InTransaction(async () =>
    {
        var now = clock.Now();
        var row = await db.IdeaMailWishes.SingleOrDefaultAsync(w => w.User == account, ct);
        if (row?.Every == every) return;
        if (row is null)
        {
            row = new IdeaMailWish { User = account, Every = every, NextAt = now, Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Home = home, At = now };
            db.Add(row);
        }

        if (row.Every == MailRhythm.Never) row.At = now; // consent is given anew
        (row.Every, row.NextAt, row.Home) = (every, Next(every, now), home.TrimEnd('/'));
        await db.SaveChangesAsync(ct);
    }, ct);

    /// <summary>Ends mail, by the secret that every mail carries (RFC 8058). Ending it again changes nothing.</summary>
    /// <returns>False when nobody's mail has this secret.</returns>
    public async Task<bool> End(string token, CancellationToken ct)
    {
        var now = clock.Now();
        return await db.IdeaMailWishes.Where(w => w.Token == token).ExecuteUpdateAsync(set => set.SetProperty(w => w.Every, MailRhythm.Never).SetProperty(w => w.At, now), ct) == 1;
    }

    internal static DateTimeOffset Next(MailRhythm every, DateTimeOffset now) => now.AddDays(every == MailRhythm.Weekly ? 7 : 1);

    internal static void Map(IEndpointRouteBuilder ideas)
    {
        ideas.MapGet("/notices/mail", async Task<Ok<MailWish>> (MailWishes wishes, HttpContext http, CancellationToken ct) => TypedResults.Ok(await wishes.Of(http.Actor().Id, ct)))
            .WithName("getMailWish").WithSummary("How often you get news of ideas by mail").RequireAuthorization("community");
        ideas.MapPut("/notices/mail", async Task<Results<NoContent, ProblemHttpResult>> (MailWishChange body, MailWishes wishes, PublicAddress address, HttpContext http, CancellationToken ct) =>
            {
                if (!Enum.IsDefined(body.Every)) return Problems.Invalid("every", "must be never, daily or weekly");
                await wishes.Set(http.Actor().Id, body.Every, address.Of(http), ct);
                return TypedResults.NoContent();
            })
            .WithName("setMailWish").WithSummary("Say how often you want news of ideas by mail").RequireAuthorization("community").ProducesProblem(400);
    }
}

/// <summary>How often mail is wanted.</summary>
/// <param name="Every">never, daily or weekly.</param>
public sealed record MailWishChange(MailRhythm Every);
