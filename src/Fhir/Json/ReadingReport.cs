using System.Globalization;
using System.Text;

namespace Vkp.Fhir.Json;

/// <summary>Reading ended at a limit or a fault that nothing after it can be trusted behind; the report says which.</summary>
internal sealed class ReadingStoppedException : Exception;

/// <summary>Collects findings while a message is read, and knows the place. The place becomes text only when there is a finding.</summary>
internal sealed class ReadingReport(bool lenient, int issuesMax)
{
    private readonly List<FhirIssue> _issues = [];
    private readonly List<(string Name, int Index)> _path = [];

    public bool IsLenient => lenient;

    public IReadOnlyList<FhirIssue> Issues => _issues;

    public bool IsAtRoot => _path.Count == 0;

    public void Push(string name) => _path.Add((name, -1));

    public void Pop() => _path.RemoveAt(_path.Count - 1);

    public void PushIndex(int index) => _path[^1] = (_path[^1].Name, index);

    public void PopIndex() => _path[^1] = (_path[^1].Name, -1);

    /// <summary>A fault of form that lenient reading puts right: an error in strict mode, a repair in lenient.</summary>
    public void Repairable(string code, string message, string hint) => Add(lenient
        ? new FhirIssue(code, FhirSeverity.Warning, FhirIssueKind.Repair, Location(), message + " Put right.", hint)
        : new FhirIssue(code, FhirSeverity.Error, FhirIssueKind.Error, Location(), message, hint));

    /// <param name="tolerated">In lenient mode a warning: it is kept and passed on as it came.</param>
    public void Error(string code, string message, string hint, bool tolerated = false) =>
        Add(new FhirIssue(code, tolerated && lenient ? FhirSeverity.Warning : FhirSeverity.Error, FhirIssueKind.Error, Location(), message, hint));

    public void Warning(string code, string message, string hint) => Add(new FhirIssue(code, FhirSeverity.Warning, FhirIssueKind.Error, Location(), message, hint));

    public void Note(string code, string message, string hint) => Add(new FhirIssue(code, FhirSeverity.Information, FhirIssueKind.Error, Location(), message, hint));

    public void Fatal(string code, string message, string hint) => _issues.Add(new FhirIssue(code, FhirSeverity.Fatal, FhirIssueKind.Error, Location(), message, hint));

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void Stop(string code, string message, string hint)
    {
        Fatal(code, message, hint);
        throw new ReadingStoppedException();
    }

    private void Add(FhirIssue issue)
    {
        _issues.Add(issue);
        if (_issues.Count >= issuesMax) Stop(FhirIssueCodes.LimitExceeded, $"More than {issuesMax} findings; reading stopped.", "Correct these first.");
    }

    private string Location()
    {
        var sb = new StringBuilder();
        foreach (var (name, index) in _path)
        {
            if (sb.Length > 0) sb.Append('.');
            sb.Append(name);
            if (index >= 0) sb.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
        }

        return sb.ToString();
    }
}
