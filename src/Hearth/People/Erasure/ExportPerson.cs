using System.IO.Compression;
using System.Text.Json;
using Hearth.Platform;

namespace Hearth.People.Erasure;

/// <summary>A machine-readable copy of all that is kept of a person (GDPR articles 15 and 20): a ZIP archive with a folder for each room and a JSON file for each kind of thing. Nothing of it is stored.</summary>
public sealed class ExportPerson(ReadPeople people, IEnumerable<IPersonalData> rooms, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Pretty = new(Json.Options) { WriteIndented = true };

    /// <summary>Writes the archive.</summary>
    /// <returns>False, and nothing written, when there is no such person.</returns>
    public async Task<bool> Write(PersonId person, Stream into, CancellationToken ct)
    {
        if (await people.Of(person, ct) is not { } card) return false;
        var who = new PersonalScope([.. card.Persons.Select(p => p.Value)], [.. card.Identities.Select(i => new PersonalAccount(i.Network, i.ExternalId, i.Handle, i.Name))]);
        var files = new List<object>();
        await using var zip = await ZipArchive.CreateAsync(into, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var room in rooms)
        {
            await foreach (var part in room.Export(who, ct))
            {
                if (part.Rows.Count == 0) continue;
                var name = $"{room.Room.ToLowerInvariant()}/{part.Name}.json";
                files.Add(new { file = name, rows = part.Rows.Count });
                await Put(zip, name, part.Rows, ct);
            }
        }

        await Put(zip, "contents.json", new { person = card.Id, name = card.Name, at = clock.Now(), files }, ct);
        return true;
    }

    private static async Task Put(ZipArchive zip, string name, object content, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        await using var stream = await entry.OpenAsync(ct);
        await JsonSerializer.SerializeAsync(stream, content, content.GetType(), Pretty, ct);
    }
}
