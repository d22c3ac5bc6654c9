using Hearth.Channels.Mail;
using Hearth.Governance;
using Hearth.Platform;

namespace Hearth.Publishing;

/// <summary>Hands the mails about accounts to the mail server. Governance and Channels stand on one floor; what both are needed for is done above them.</summary>
internal sealed class WriteAccountLetters(AccountLetters letters, DisclosurePolicy policy, SendMail mail) : IRun<AccountLetterDue>
{
    public async Task Run(AccountLetterDue job, CancellationToken ct)
    {
        var brand = (await policy.Read(ct)).Brand ?? "Hearth";
        if (await letters.Write(job, brand, ct) is not { } letter) return; // too old by now: a late way in is none
        try
        {
            await mail.Now(new(letter.To, letter.Subject, letter.Text, letter.Id), ct);
        }
        catch (MailFailedException e) when (e.IsFinal)
        {
            // There is no such mailbox. What the server said stands beside its settings; trying again cannot help, and whoever asked must not learn it.
        }
    }
}
