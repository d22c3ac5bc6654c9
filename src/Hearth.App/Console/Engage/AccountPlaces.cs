using Hearth.Listening;
using Hearth.People;

namespace Hearth.App.Desk.Engage;

/// <summary>Where an account is, as people call it: the network, or the source that brought it where the network has no name of its own. The sources are read once for a page.</summary>
public sealed class AccountPlaces(Sources sources)
{
    private Dictionary<string, string>? _names;

    public async Task<Func<IdentityView, string>> Read(CancellationToken ct)
    {
        var names = _names ??= (await sources.Names(ct)).ToDictionary(s => s.Id.Value.ToString(), s => s.Name);
        return identity => Say.Network(identity.Network, names.GetValueOrDefault(identity.Network[(identity.Network.IndexOf(':', StringComparison.Ordinal) + 1)..]));
    }
}
