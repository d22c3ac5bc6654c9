using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hearth.Channels;
using Hearth.Channels.Mail;
using Hearth.Channels.Webhooks;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Peers;

/// <summary>
/// kill -9 between the mail server's yes and our note of it. SMTP cannot be asked what it took, so nobody can know then: the letter goes out once more, under the same Message-ID, by
/// which mailboxes know it again; and never a third time by itself.
/// </summary>
public class MailKillTests
{
    private const string Care = "care@brand.example";

    [Theory, EveryDatabase]
    public async Task No_letter_is_lost_and_one_that_nobody_can_know_of_goes_out_twice_under_one_name(DatabaseKind kind)
    {
        await using var smtp = await SmtpPeer.Start();
        await using var house = await House(kind, smtp.Port);
        for (var n = 0; n < KillTests.Kills; n++)
        {
            var message = await Answer(house, $"Number {n}: let me look.");
            Assert.Equal(137, await Die(house));
            var sent = await Ended(house, message, MessageStatus.Sent);
            var (first, second) = (await smtp.Next(), await smtp.Next());
            Assert.Equal((sent.ExternalId, sent.ExternalId), ((string?)first.Header("Message-ID"), (string?)second.Header("Message-ID")));
            Assert.Contains($"Number {n}: let me look.", first.Body, StringComparison.Ordinal);
            Assert.Equal(Said(first), Said(second));
        }

        // Nobody was killed over this one, and it is the next that arrives: there is no third of any.
        var last = await Ended(house, await Answer(house, "The last one."), MessageStatus.Sent);
        Assert.Equal(last.ExternalId, (await smtp.Next()).Header("Message-ID"));
        Assert.Equal(KillTests.Kills + 1, await house.With<Database, int>(db => db.Set<FactRow>().CountAsync(f => f.Type == "Publishing.MessageSent")));
        Assert.Equal(0, await house.With<Database, int>(db => db.Set<PlacedPost>().CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task After_a_second_try_of_unknown_end_a_person_decides(DatabaseKind kind)
    {
        await using var smtp = await SmtpPeer.Start();
        await using var house = await House(kind, smtp.Port);
        var message = await Answer(house, "Let me look.");
        Assert.Equal(137, await Die(house));
        Assert.Equal(137, await Die(house));
        var failed = await Ended(house, message, MessageStatus.Failed);
        Assert.Contains("It is not known whether the letter to ann@post.example went out", failed.Reason!, StringComparison.Ordinal);

        Assert.IsType<MessageChange.Done>(await house.With<ChangeMessage, MessageChange>(c => c.Retry(message, default)));
        var sent = await Ended(house, message, MessageStatus.Sent);
        for (var copy = 0; copy < 3; copy++) Assert.Equal(sent.ExternalId, (await smtp.Next()).Header("Message-ID"));
    }

    [Theory, EveryDatabase]
    public async Task A_server_that_is_away_or_says_no_leaves_nothing_unknown(DatabaseKind kind)
    {
        await using var smtp = await SmtpPeer.Start();
        await using var house = await House(kind, 1);
        var network = house.Services.GetServices<IOutgoingNetwork>().Single(n => n.Name == Networks.Email);
        var account = (await house.With<ChannelAccounts, ChannelAccountView?>(a => a.Default(Networks.Email, default)))!.Id;
        var prepared = await network.Prepare(account, new("Words", TimeProvider.System.GetUtcNow(), new ReplyRefs(new PostRef("<one@post.example>", null), null), null), default);
        for (var n = 0; n < 3; n++) await Assert.ThrowsAsync<System.Net.Mail.SmtpException>(() => network.Place(account, "k1", prepared, default));
        Assert.Equal(0, await house.With<Database, int>(db => db.Set<PlacedPost>().CountAsync()));

        await Server(house, smtp.Port);
        Assert.Equal((await network.Place(account, "k1", prepared, default)).ExternalId, (await smtp.Next()).Header("Message-ID"));
    }

    // Each copy divides its parts with a line of its own, and each process names the parameters of a part in an order of its own.
    private static string Said(TakenMail letter)
    {
        var boundary = Regex.Match(letter.Header("Content-Type"), "boundary=\"?([^\";]+)").Groups[1].Value;
        return Regex.Replace(letter.Body.Replace(boundary, "", StringComparison.Ordinal), "(?<=^Content-Type: )[^\r\n]+", m => string.Join("; ", m.Value.Split("; ").Order(StringComparer.Ordinal)), RegexOptions.Multiline);
    }

    private static IServiceCollection Use(IServiceCollection services) => services.AddSingleton(TimeProvider.System).Configure<JobOptions>(o => o.Lease = TimeSpan.FromSeconds(1));

    // A house with a mailbox to which Ann has written.
    private static async Task<TestHouse> House(DatabaseKind kind, int port)
    {
        var house = await TestHouse.Create(kind, s => Use(s));
        await Server(house, port);
        Assert.Empty((await house.With<ConnectMailbox, (ChannelAccountId?, IReadOnlyList<FieldError> Errors)>(c => c.Add(new(Care, "Brand Care"), default))).Errors);
        await house.Settle();
        var source = await house.With<Database, SourceRow>(db => db.Set<SourceRow>().AsNoTracking().SingleAsync(s => s.Kind == "email"));
        var secret = (await house.With<Sources, string?>(s => s.NewSecret(source.Id, default)))!;
        var (now, letter) = (TimeProvider.System.GetUtcNow(), Encoding.UTF8.GetBytes($"From: Ann <ann@post.example>\r\nTo: {Care}\r\nSubject: The lid\r\nMessage-ID: <one@post.example>\r\n\r\nIt broke.\r\n"));
        Assert.IsType<WebhookOutcome.Taken>(await house.With<ReceiveLetters, WebhookOutcome>(r => r.Run(source.Id, "m1", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StandardWebhook.Sign(secret, "m1", now, letter), false, letter, default)));
        await house.Settle();
        return house;
    }

    private static async Task Server(TestHouse house, int port) =>
        Assert.Empty(await house.With<MailServer, IReadOnlyList<FieldError>>(m => m.Set(new("127.0.0.1", port, MailSecurity.None, null, null, "hearth@brand.example", "Brand"), default)));

    private static Task<MessageId> Answer(TestHouse house, string text) => house.In(async s =>
    {
        var queued = await s.GetRequiredService<Publish>().Reply(new(new("email", null, "<one@post.example>"), text, KillTests.Ada), default);
        await s.GetRequiredService<Database>().SaveChangesAsync();
        return Assert.IsType<Publication.Queued>(queued).Message;
    });

    private static Task<MessageView> Ended(TestHouse house, MessageId message, MessageStatus how) => house.Until(async () =>
        await house.With<ReadMessages, MessageView?>(r => r.Find(message, default)) is { } m && m.Status == how ? m : null, $"the letter is {how}", TimeSpan.FromMinutes(2));

    private static Task<int> Die(TestHouse house) => ChildProcess.Run(SendAndDie, house.Location.Kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory);

    [Child]
    internal static async Task SendAndDie(string[] args)
    {
        var services = Use(new ServiceCollection().AddLogging()).AddHearth(new DatabaseLocation(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        services.ConfigureDbContext<Database>(o => o.AddInterceptors(new DieBeforeNoting()), ServiceLifetime.Singleton);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var messages = scope.ServiceProvider.GetRequiredService<Database>().Set<Message>();
        do await provider.GetRequiredService<JobWorker>().Drain(default); // the lease of whoever died before runs out first
        while (await messages.AnyAsync(m => m.Status == MessageStatus.Queued || m.Status == MessageStatus.Sending));
    }

    /// <summary>kill -9 when the letter is out and that is about to be noted.</summary>
    private sealed class DieBeforeNoting : SaveChangesInterceptor
    {
        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (eventData.Context!.ChangeTracker.Entries<LetterRow>().Any(l => l is { State: EntityState.Added, Entity.IsOurs: true })) ChildProcess.DieNow();
            return new(result);
        }
    }
}
