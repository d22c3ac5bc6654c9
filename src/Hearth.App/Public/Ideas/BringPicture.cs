using Hearth.App.Shared;
using Hearth.Governance;
using Hearth.Ideas.Words;

namespace Hearth.App.Public.Ideas;

/// <summary>Takes the picture that came with a form and keeps it, so that the form can be shown again without losing it.</summary>
internal sealed class BringPicture(BringImage bring)
{
    public async Task Take(Actor author, IdeaInput input, IFormFile? file, FormErrors errors, CancellationToken ct)
    {
        if (file is null || file.Length == 0)
        {
            if (input.Step == "picture") errors.Add("picture", "choose a file first");
            return;
        }

        if (file.Length > BringImage.MaxBytes)
        {
            errors.Add("picture", "must have at most 5 MB");
            return;
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        switch (await bring.By(author, bytes.ToArray(), input.Alt ?? "", ct))
        {
            case BroughtImage.Stands stands:
                (input.Images ??= []).Add(stands.Image.Id.Value);
                input.Alt = null;
                break;
            case BroughtImage.Invalid invalid:
                errors.Add(invalid.Errors);
                break;
        }
    }
}
