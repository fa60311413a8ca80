using Vkp.Fhir.Codes;
using Vkp.Fhir.Definitions;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Validation.Rules;

/// <summary>Codes must (required) or should (extensible) come from a value set.</summary>
internal sealed class BindingRule(bool isRequired, string valueSet) : Rule
{
    private readonly string _valueSet = valueSet.Split('|')[0];

    public override void Check(FhirNode node, ValidationRun run)
    {
        switch (node)
        {
            case CodeableConcept concept:
                CheckConcept(concept, run);
                break;
            case Coding coding:
                CheckCodings([(coding.System, coding.Code)], run);
                break;
            case Quantity quantity when quantity.Code is not null || quantity.System is not null:
                CheckCodings([(quantity.System, quantity.Code)], run);
                break;
            case PrimitiveType { Text: { } text }:
                Report(ValueSets.ContainsCode(_valueSet, text), [text], run);
                break;
        }
    }

    public override string Explain() =>
        $"codes {(isRequired ? "must" : "should")} be from {_valueSet}{(ValueSets.IsPublished(_valueSet) ? "" : " (not published: not checked)")}";

    private void CheckConcept(CodeableConcept concept, ValidationRun run)
    {
        var codings = concept.Coding.Select(static x => (x.System, x.Code)).ToList();
        if (codings.Count == 0)
        {
            // Text alone is allowed where the list may be extended.
            if (isRequired && concept.GetExtension("http://hl7.org/fhir/StructureDefinition/data-absent-reason") is null && ValueSets.IsPublished(_valueSet))
            {
                run.Error(FhirIssueCodes.NotInValueSet, "No code; text alone is not enough here.", $"Add a coding from {_valueSet}.", _valueSet);
            }

            return;
        }

        CheckCodings(codings, run);
    }

    private void CheckCodings(List<(string? System, string? Code)> codings, ValidationRun run)
    {
        var answers = codings.ConvertAll(x => ValueSets.Contains(_valueSet, x.System, x.Code));
        var answer = answers.Contains(ValueSetAnswer.In) ? ValueSetAnswer.In : answers.Contains(ValueSetAnswer.Unknown) ? ValueSetAnswer.Unknown : ValueSetAnswer.Out;
        Report(answer, codings.ConvertAll(static x => $"{Show(x.System)}#{Show(x.Code)}"), run);
    }

    private void Report(ValueSetAnswer answer, List<string> codes, ValidationRun run)
    {
        if (answer == ValueSetAnswer.In)
        {
            if (isRequired && run.Profile is not null) run.SettleBinding();
            return;
        }

        if (answer == ValueSetAnswer.Unknown)
        {
            if (isRequired) run.Warning(FhirIssueCodes.NotChecked, $"Not checked: the contents of {_valueSet} are not published.", "Agree on the codes with the receiver.", _valueSet);
            return;
        }

        var shown = string.Join(", ", codes.Select(Show));
        if (isRequired) run.Error(FhirIssueCodes.NotInValueSet, $"{shown} is not in the required value set.", $"Use a code from {_valueSet}.", _valueSet);
        else run.Warning(FhirIssueCodes.OutsideExtensible, $"{shown} is not in the value set; allowed only when no code in it fits.", $"Prefer a code from {_valueSet}.", _valueSet);
    }
}
