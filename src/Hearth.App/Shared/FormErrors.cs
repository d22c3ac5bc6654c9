namespace Hearth.App.Shared;

/// <summary>What was wrong with a form, by field; the empty field is the form itself.</summary>
public sealed class FormErrors
{
    private readonly List<Platform.FieldError> _errors = [];

    public bool Any => _errors.Count > 0;

    /// <summary>Field names as slices give them ("email"); the case does not matter.</summary>
    public IEnumerable<string> For(string field) => _errors.Where(e => string.Equals(e.Field, field, StringComparison.OrdinalIgnoreCase)).Select(e => e.Reason);

    public void Add(string field, string reason) => _errors.Add(new(field, reason));

    public void Add(IEnumerable<Platform.FieldError> errors) => _errors.AddRange(errors);

    public IReadOnlyList<Platform.FieldError> All => _errors;
}
