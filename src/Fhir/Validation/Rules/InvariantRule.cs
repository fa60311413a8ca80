using Vkp.Fhir.Definitions;
using Vkp.Fhir.FhirPath;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation.Rules;

/// <summary>A named FHIRPath rule. One that cannot be evaluated is an error of its own: it must never count as passed.</summary>
internal sealed class InvariantRule(InvariantRow row) : Rule
{
    private readonly FhirPathExpression _expression = FhirPathExpression.Compile(row.Expression);

    // "contained.where(...).empty()" and its like hold wherever nothing is contained, which is nearly everywhere.
    private readonly bool _onlyContained = row.Expression.StartsWith("contained.", StringComparison.Ordinal);

    public override void Check(FhirNode node, ValidationRun run)
    {
        if (_onlyContained && node.Find("contained") is null) return;
        if (_onlyContained && node is DomainResource { Contained: var contained } && contained.Any(static x => x is OpaqueResource))
        {
            run.Warning(FhirIssueCodes.NotChecked, $"Not checked: {row.Key}, because a contained resource has a type the model has no class for.", "No action needed.", row.Key);
            return;
        }

        bool isSatisfied;
        try
        {
            isSatisfied = _expression.IsSatisfied(node, run.Resource, run.RootResource);
        }
        catch (FhirPathException e)
        {
            run.Warning(FhirIssueCodes.NotChecked, $"The rule {row.Key} could not be evaluated: {e.Message}", "Look at the rule and the message by eye.", row.Key);
            return;
        }

        if (isSatisfied) return;
        run.Add(FhirIssueCodes.Invariant, row.IsError ? FhirSeverity.Error : FhirSeverity.Warning, row.Human, $"Rule: {row.Expression}", row.Key);
    }

    public override string Explain() => $"{(row.IsError ? "must" : "should")}: {row.Human} ({row.Key}: {row.Expression})";
}
