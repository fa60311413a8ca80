using Vkp.Adapters.Errors;

namespace Vkp.Adapters.Reading;

/// <summary>Everything found while one message is read: faults that refuse it, doubts that hold it, repairs that are told to the sender.</summary>
internal sealed class Findings
{
    /// <summary>A sender corrects a hundred faults no faster than a thousand, and the answer stays small.</summary>
    private const int FaultsMax = 100;

    private readonly List<VkpError> _faults = [];
    private readonly List<VkpError> _doubts = [];
    private readonly List<VkpError> _repairs = [];

    public bool AreFatal => _faults.Count > 0;

    public IReadOnlyList<VkpError> Faults => _faults;

    /// <summary>Reasons to hold a message that is well-formed.</summary>
    public IReadOnlyList<VkpError> Doubts => _doubts;

    public IReadOnlyList<VkpError> Repairs => _repairs;

    public void Fault(VkpError error)
    {
        // A member that two rules read is wrong once.
        if (_faults.Contains(error))
            return;
        if (_faults.Count < FaultsMax)
            _faults.Add(error);
        else if (_faults.Count == FaultsMax)
            _faults.Add(TranslationErrors.MoreFaults(FaultsMax));
    }

    public void Doubt(VkpError error) => _doubts.Add(error);

    public void Repair(VkpError error)
    {
        if (_repairs.Count < FaultsMax)
            _repairs.Add(error);
    }
}
