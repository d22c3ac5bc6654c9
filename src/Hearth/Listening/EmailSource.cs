using System.Runtime.CompilerServices;
using Hearth.Channels;
using Hearth.Platform;

namespace Hearth.Listening;

/// <summary>Letters to one of the brand's mailboxes. They are brought: by a signed webhook, or by a mail server over LMTP (<see cref="ReceiveLetters"/>); there is nothing to look at.</summary>
public sealed class EmailSource : IMentionSource
{
    /// <summary>The setting that names the server whose checks of DKIM, SPF and DMARC are believed.</summary>
    public const string Trusted = "trusted";

    public string Kind => Networks.Email;

    public string Title => "E-mail";

    public string Network => Networks.Email;

    public bool EngageByDefault => true;

    public bool TakesWebhook => true;

    public TimeSpan Every => TimeSpan.FromDays(1);

    public IReadOnlyList<SourceField> Fields { get; } =
    [
        new(BlueskySource.Account, "Mailbox", SourceFieldKind.Account, IsRequired: true, "Connect it under Council, Channels; answers leave from it."),
        new(Trusted, "Mail server that checks senders", SourceFieldKind.Text, Hint: "The name it writes into Authentication-Results (\"mx.example.org\"). Left empty, nobody's checks are believed."),
    ];

    public IEnumerable<FieldError> Check(SourceSettings settings)
    {
        if (!Guid.TryParse(settings[BlueskySource.Account], out _)) yield return new(BlueskySource.Account, "must be one of the brand's connected mailboxes");
        if (settings[Trusted]?.Length > 253) yield return new(Trusted, "must be the name of a server");
    }

    public async IAsyncEnumerable<SourceBatch> Read(SourceSettings settings, string? cursor, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        yield break;
    }
}
