using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Channels.Mail.Lmtp;

/// <summary>One connection: LHLO, MAIL, RCPT, DATA and an answer for each recipient (RFC 2033 section 4.2), RSET, NOOP, QUIT. 250 is said when the letter is kept, never before.</summary>
internal sealed partial class LmtpSession(IServiceScopeFactory scopes, Stream stream, Action<Exception> failed)
{
    /// <summary>How long the other side may say nothing (RFC 5321 section 4.5.3.2 asks for five minutes).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const int MaxRecipients = 100;
    private const int MaxLine = 2_000;

    private readonly PipeReader _in = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
    private readonly List<Guid> _to = [];
    private bool _greeted;
    private bool _from;

    public async Task Run(CancellationToken ct)
    {
        await Say("220 hearth LMTP ready", ct);
        while (await Line(ct) is { } line)
        {
            var (verb, rest) = line.Split(' ', 2) is [var v, var r] ? (v.ToUpperInvariant(), r) : (line.ToUpperInvariant(), "");
            switch (verb)
            {
                case "LHLO":
                    (_greeted, _from) = (true, false);
                    _to.Clear();
                    await Say($"250-hearth\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {ReadLetter.MaxBytes}", ct);
                    break;
                case "HELO" or "EHLO":
                    await Say("500 5.5.1 This is LMTP: say LHLO", ct);
                    break;
                case "MAIL":
                    await Mail(rest, ct);
                    break;
                case "RCPT":
                    await Recipient(rest, ct);
                    break;
                case "DATA":
                    if (!await Data(ct)) return;
                    break;
                case "RSET":
                    _from = false;
                    _to.Clear();
                    await Say("250 2.0.0 Forgotten", ct);
                    break;
                case "NOOP":
                    await Say("250 2.0.0 Yes", ct);
                    break;
                case "VRFY":
                    await Say("252 2.5.2 Send it and see", ct);
                    break;
                case "QUIT":
                    await Say("221 2.0.0 Bye", ct);
                    return;
                default:
                    await Say("500 5.5.2 I do not know that word", ct);
                    break;
            }
        }
    }

    private async Task Mail(string rest, CancellationToken ct)
    {
        if (!_greeted || _from) await Say(_greeted ? "503 5.5.1 One letter at a time" : "503 5.5.1 Say LHLO first", ct);
        else if (!rest.StartsWith("FROM:", StringComparison.OrdinalIgnoreCase)) await Say("501 5.5.4 MAIL FROM:<address>", ct);
        else if (Size().Match(rest) is { Success: true } size && long.TryParse(size.Groups["size"].Value, System.Globalization.CultureInfo.InvariantCulture, out var bytes) && bytes > ReadLetter.MaxBytes) await Say("552 5.3.4 Too large", ct);
        else
        {
            _from = true;
            await Say("250 2.1.0 Yes", ct);
        }
    }

    private async Task Recipient(string rest, CancellationToken ct)
    {
        if (!_from) await Say("503 5.5.1 MAIL comes first", ct);
        else if (_to.Count == MaxRecipients) await Say("452 4.5.3 Too many at once", ct);
        else if (To().Match(rest) is not { Success: true } to) await Say("501 5.5.4 RCPT TO:<address>", ct);
        else if (await With(take => take.Mailbox(to.Groups["box"].Value, ct)) is not { } mailbox) await Say("550 5.1.1 No such mailbox here", ct);
        else
        {
            _to.Add(mailbox);
            await Say("250 2.1.5 Yes", ct);
        }
    }

    // Returns false when the connection is of no use any more.
    private async Task<bool> Data(CancellationToken ct)
    {
        if (_to.Count == 0)
        {
            await Say("503 5.5.1 Nobody is to have it", ct);
            return true;
        }

        await Say("354 Go on, and end with a dot", ct);
        using var letter = new MemoryStream();
        var isTooLarge = false;
        while (true)
        {
            if (await Bytes(ct) is not { } line) return false;
            if (line is [(byte)'.']) break;
            if (letter.Length + line.Length > ReadLetter.MaxBytes) isTooLarge = true;
            if (isTooLarge) continue;
            letter.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line); // RFC 5321 section 4.5.2
            letter.Write("\r\n"u8);
        }

        var raw = letter.ToArray();
        foreach (var mailbox in _to) await Say(isTooLarge ? "552 5.3.4 Too large" : await Keep(mailbox, raw, ct), ct);
        _from = false;
        _to.Clear();
        return true;
    }

    private async Task<string> Keep(Guid mailbox, byte[] raw, CancellationToken ct)
    {
        try
        {
            return await With(take => take.Take(mailbox, raw, ct)) ? "250 2.0.0 Kept" : "554 5.6.0 That is no letter: it names nobody who wrote it";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed(e);
            return "451 4.3.0 Not now: bring it again"; // the sender keeps it and comes back
        }
    }

    private async Task<T> With<T>(Func<ITakeLetters, Task<T>> use)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<ITakeLetters>());
    }

    private async Task Say(string line, CancellationToken ct) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), ct);

    private async Task<string?> Line(CancellationToken ct) => await Bytes(ct) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private async Task<byte[]?> Bytes(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        while (true)
        {
            var read = await _in.ReadAsync(limit.Token);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end).ToArray();
                _in.AdvanceTo(buffer.GetPosition(1, end));
                return line is [.., (byte)'\r'] ? line[..^1] : line;
            }

            var isTooLong = buffer.Length > (_to.Count > 0 ? ReadLetter.MaxBytes : MaxLine);
            _in.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted || isTooLong) return null;
        }
    }

    [GeneratedRegex(@"\bSIZE=(?<size>\d{1,15})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    [GeneratedRegex(@"^TO:\s*<(?<box>[^<>\s]+@[^<>\s]+)>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex To();
}
