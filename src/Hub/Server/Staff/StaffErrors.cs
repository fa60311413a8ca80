using Vkp.Adapters;

namespace Vkp.Hub.Staff;

/// <summary>What people are refused with who have signed in, 820 to 829. Codes are permanent.</summary>
public static class StaffErrors
{
    /// <param name="orgNo">Null when the role would do in any municipality.</param>
    public static VkpError NoRole(string role, string? orgNo) => new(
        "VKP-820", ErrorCategory.Forbidden, $"You do not have the role '{role}' in {(orgNo is null ? "any municipality" : $"municipality '{orgNo}'")}.",
        "The municipality's brukeradmin grants roles ('vkp staff grant'). When it cannot wait and you have 'overvåkning' there: 'vkp break-glass open', and name the municipality.");

    public static VkpError BadPurpose(string codes) => new(
        "VKP-821", ErrorCategory.Incorrect, "The purpose is not usable: it is CODE: TEXT, with 3 to 200 characters of text and no identity number in it.",
        $"Choose one of {codes}, and say in a few words which case it is about: 'tilsyn: sak 26/114'.", "VKP-Purpose");

    public static VkpError OwnGrant() => new(
        "VKP-822", ErrorCategory.Conflict, "Nobody gives himself a role, or takes one from himself.", "Ask another brukeradmin of the municipality.");

    public static VkpError LastBrukeradmin(string orgNo) => new(
        "VKP-823", ErrorCategory.Conflict, $"Municipality '{orgNo}' would be left without a brukeradmin whose role has no end.", "Give somebody else the role first.");

    public static VkpError NoSuchGrant(string role) => new(
        "VKP-824", ErrorCategory.NotFound, $"The person does not have the role '{role}' in this municipality.", "See 'vkp staff list'.");

    /// <summary>The name is not repeated: it may be a person's number.</summary>
    public static VkpError BadGrant(string problem, string path) => new(
        "VKP-825", ErrorCategory.Incorrect, $"The grant cannot be used: {problem}.", "Take issuer and subject from what 'vkp login' printed for the person.", path);

    public static VkpError UnknownOpening(Guid id) => new(
        "VKP-826", ErrorCategory.NotFound, $"There is no break-glass access '{id}' in this municipality.", "See 'vkp break-glass list'.");

    public static VkpError OpeningNotSo(Guid id, string state, string act) => new(
        "VKP-827", ErrorCategory.Conflict, $"Break-glass access '{id}' is {state}, so '{act}' does nothing.", "See 'vkp break-glass list'. What is open is closed by the one who opened it, or by the clock, and reviewed after.");

    public static VkpError OwnOpening(Guid id) => new(
        "VKP-828", ErrorCategory.Conflict, $"Break-glass access '{id}' is not for you to do this with.", "Another person with the role 'administrasjon' reviews it; the one who opened it closes it.");

    public static VkpError NotAPerson() => new(
        "VKP-829", ErrorCategory.Forbidden, "This is for a person who has signed in; the machine's token names nobody.", "Run 'vkp login'.");
}
