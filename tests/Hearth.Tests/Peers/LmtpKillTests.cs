using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearth.Channels.Mail;
using Hearth.Channels.Mail.Lmtp;
using Hearth.Conversations;
using Hearth.Listening;
using Hearth.Platform;
using Hearth.Tests.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hearth.Tests.Peers;

public class LmtpKillTests
{
    private const int Letters = 250;

    [Theory, EveryDatabase]
    public async Task Of_250_letters_brought_to_a_server_that_is_killed_again_and_again_each_is_kept_once(DatabaseKind kind)
    {
        await using var house = await TestHouse.Create(kind);
        var box = await Letterbox.In(house);
        var kills = Enumerable.Range(0, 10).ToDictionary(n => 12 + 24 * n, n => (Kill)(n % 3)); // at which letter, and where in it
        var queue = new Queue<int>(Enumerable.Range(0, Letters));
        var again = 0;
        while (queue.Count > 0)
        {
            using var server = ChildProcess.Start(Serve, kind.ToString(), house.Location.ConnectionString, house.Location.DataDirectory);
            var port = int.Parse((await server.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            try
            {
                await using var line = await Line.To(port);
                while (queue.TryPeek(out var next))
                {
                    var kill = kills.Remove(next, out var where) ? where : (Kill?)null;
                    var raw = box.Letter("ann", "letter" + next, house.Clock.GetUtcNow().AddMinutes(-next)); // the same bytes whenever it is brought
                    if (!await line.Bring(raw, kill, () => server.Kill())) break;
                    queue.Dequeue(); // only now does a mail server forget it
                }
            }
            catch (IOException)
            {
                again++;
            }

            if (!server.HasExited) server.Kill();
            await server.WaitForExitAsync();
        }

        await house.Settle();
        Assert.Empty(kills);
        Assert.True(again > 0);
        Assert.Equal((Letters, Letters, Letters), await house.With<Database, (int, int, int)>(async db => (
            await db.Set<LetterRow>().CountAsync(), await db.Set<MentionRow>().CountAsync(), await db.Set<Entry>().CountAsync(e => e.Kind == EntryKind.Mention))));
        Assert.Equal(Letters, await house.With<Database, int>(db => db.Set<MentionRow>().Select(m => m.ExternalId).Distinct().CountAsync()));
    }

    [Child]
    internal static async Task Serve(string[] args)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FakeClock()).AddHearth(new(Enum.Parse<DatabaseKind>(args[0]), args[1], args[2]));
        await using var provider = services.BuildServiceProvider();
        using var server = new LmtpServer(provider.GetRequiredService<IServiceScopeFactory>(), Options.Create(new LmtpOptions { Listen = new(IPAddress.Loopback, 0) }), NullLogger<LmtpServer>.Instance);
        await server.StartAsync(default);
        Console.WriteLine((await server.Listening).Port);
        await server.ExecuteTask!; // until it is killed
    }

    private enum Kill
    {
        /// <summary>While the letter is being said.</summary>
        InTheLetter,

        /// <summary>When it was said, and the answer has not come.</summary>
        BeforeTheAnswer,

        /// <summary>When it was answered.</summary>
        AfterTheAnswer,
    }

    private sealed class Line(TcpClient client, StreamReader reader) : IAsyncDisposable
    {
        public static async Task<Line> To(int port)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            var line = new Line(client, new StreamReader(client.GetStream(), Encoding.ASCII));
            await line.Answer();
            await line.Say("LHLO mx.example");
            return line;
        }

        /// <returns>True when the server has said that the letter is kept.</returns>
        public async Task<bool> Bring(byte[] raw, Kill? kill, Action die)
        {
            await Say("MAIL FROM:<ann@home.example>");
            await Say($"RCPT TO:<{Letterbox.Address}>");
            await Say("DATA");
            var stream = client.GetStream();
            await stream.WriteAsync(raw.AsMemory(0, raw.Length / 2));
            if (kill == Kill.InTheLetter) die();
            await stream.WriteAsync(raw.AsMemory(raw.Length / 2));
            await stream.WriteAsync("\r\n.\r\n"u8.ToArray());
            if (kill == Kill.BeforeTheAnswer) die();
            var kept = (await Answer()).StartsWith("250", StringComparison.Ordinal);
            if (kill == Kill.AfterTheAnswer) die();
            return kept;
        }

        private async Task Say(string words)
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(words + "\r\n"));
            await Answer();
        }

        private async Task<string> Answer()
        {
            while (true)
            {
                var answer = await reader.ReadLineAsync() ?? throw new IOException("The server is gone.");
                if (answer.Length < 4 || answer[3] != '-') return answer;
            }
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
